package io.millrace.dashboard.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who looks at it. */
@ControllerAdvice
final class SignedInOnPages {

    private final DashboardSettings settings;

    SignedInOnPages(DashboardSettings settings) {
        this.settings = settings;
    }

    @ModelAttribute("signedIn")
    @Nullable
    SignedIn signedIn() {
        @Nullable
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || !who.isAuthenticated()
                || (who instanceof AnonymousAuthenticationToken && !settings.open())) {
            return null;
        }
        return new SignedIn(who.getName(), Role.of(who), !settings.open());
    }
}
