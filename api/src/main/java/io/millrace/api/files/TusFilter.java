package io.millrace.api.files;

import java.io.IOException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What tus asks of every answer, refusals included, and of every request: {@code X-HTTP-Method-Override} is for clients
 * that can send neither PATCH nor DELETE, and counts instead of the method. No page of another site can send that header.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
final class TusFilter extends OncePerRequestFilter {

    private static final String OVERRIDE = "X-HTTP-Method-Override";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !path.equals(Tus.PATH) && !path.startsWith(Tus.PATH + "/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(Tus.RESUMABLE, Tus.VERSION);
        String method = request.getHeader(OVERRIDE);
        chain.doFilter(method == null ? request : new Overridden(request, method.strip()), response);
    }

    private static final class Overridden extends HttpServletRequestWrapper {

        private final String method;

        Overridden(HttpServletRequest request, String method) {
            super(request);
            this.method = method;
        }

        @Override
        public String getMethod() {
            return method;
        }
    }
}
