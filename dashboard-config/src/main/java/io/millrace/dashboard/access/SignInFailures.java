package io.millrace.dashboard.access;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Sends people back to the page where they sign in, which says what went wrong. */
final class SignInFailures implements AuthenticationFailureHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SignInFailures.class);

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
            AuthenticationException reason) throws IOException {
        response.sendRedirect(request.getContextPath() + "/login?" + parameter(request, reason));
    }

    private static String parameter(HttpServletRequest request, AuthenticationException reason) {
        if (reason instanceof TooManyAttempts tooMany) {
            return "wait=" + tooMany.seconds();
        }
        if (!request.getRequestURI().contains("/oauth2/")) {
            return "failed";
        }
        boolean withoutRole = reason instanceof OAuth2AuthenticationException provider
                && provider.getError().getErrorCode().equals(OidcRoles.NO_ROLE);
        LOG.warn("signing in with a provider failed from {}: {}", OneLine.of(request.getRemoteAddr()),
                withoutRole ? "no value of the role claim is one of ours" : OneLine.of(reason));
        return withoutRole ? "norole" : "elsewhere";
    }
}
