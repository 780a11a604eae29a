package io.millrace.dashboard.access;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/** Says why somebody who is let in may not do this. */
final class DeniedToRole implements AccessDeniedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DeniedToRole.class);

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        if (reason instanceof CsrfException) {
            Refusal.send(request, response, HttpServletResponse.SC_FORBIDDEN,
                    "This page is out of date: go back, load it again, and repeat what you did.");
            return;
        }
        var who = SecurityContextHolder.getContext().getAuthentication();
        LOG.warn("{} is no operator, {} is refused from {}", who == null ? "somebody" : OneLine.of(Who.of(who)),
                OneLine.of(request.getMethod() + " " + request.getRequestURI()), OneLine.of(request.getRemoteAddr()));
        Refusal.send(request, response, HttpServletResponse.SC_FORBIDDEN,
                "Only operators may change anything: you are signed in as a viewer.");
    }
}
