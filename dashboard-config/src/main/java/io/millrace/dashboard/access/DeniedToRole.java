package io.millrace.dashboard.access;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Says why somebody who is let in may not do this. */
final class DeniedToRole implements AccessDeniedHandler {

    private final RefusedChanges refused;

    DeniedToRole(RefusedChanges refused) {
        this.refused = refused;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (reason instanceof CsrfException) {
            refused.refused(request, "without the token of a page");
            Refusal.send(request, response, HttpServletResponse.SC_FORBIDDEN,
                    "This page is out of date: go back, load it again, and repeat what you did.");
            return;
        }
        refused.refused(request, "no operator");
        Refusal.send(request, response, HttpServletResponse.SC_FORBIDDEN,
                "Only operators may change anything: you are signed in as a viewer.");
    }
}
