package io.millrace.dashboard.access;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** Sends people to the page where they sign in, and asks programs for basic authentication. */
final class AskToSignIn implements AuthenticationEntryPoint {

    private static final int TOO_MANY_REQUESTS = 429;

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof TooManyAttempts tooMany) {
            response.setHeader("Retry-After", String.valueOf(tooMany.seconds()));
            Refusal.send(request, response, TOO_MANY_REQUESTS, "Too many failed attempts to sign in: try again in "
                    + tooMany.seconds() + " s.");
        } else if (Refusal.wantsPage(request) && request.getHeader("Authorization") == null) {
            response.sendRedirect(request.getContextPath() + "/login");
        } else {
            // A script's call whose session has ended: the browser would ask with a box of its own.
            if (request.getHeader("Sec-Fetch-Mode") == null) {
                response.setHeader("WWW-Authenticate", "Basic realm=\"Millrace dashboard\", charset=\"UTF-8\"");
            }
            Refusal.send(request, response, HttpServletResponse.SC_UNAUTHORIZED,
                    "The dashboard needs a user name and a password.");
        }
    }
}
