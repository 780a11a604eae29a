package io.millrace.api.files;

import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * If-Range (RFC 9110, 13.1.5), which Spring does not look at: a part is only answered to who has the rest of the same bytes.
 * The range of such a request is hidden until {@link #compare} has found that its tag is strongly equal; otherwise it gets
 * the whole. A date never counts, and neither does a weak tag, such as that of a compressed answer.
 */
@Component
final class ConditionalRange extends OncePerRequestFilter {

    private static final String HOLDS = ConditionalRange.class.getName();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean conditional = request.getHeader(HttpHeaders.IF_RANGE) != null
                && request.getHeader(HttpHeaders.RANGE) != null;
        chain.doFilter(conditional ? new Hiding(request) : request, response);
    }

    /** Lets the range of this request count if it asks for a part of what has this strong tag. */
    static void compare(HttpServletRequest request, String strongTag) {
        request.setAttribute(HOLDS, strongTag.equals(request.getHeader(HttpHeaders.IF_RANGE)));
    }

    private static final class Hiding extends HttpServletRequestWrapper {

        Hiding(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return hides(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return hides(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            return Collections.enumeration(
                    Collections.list(super.getHeaderNames()).stream().filter(name -> !hides(name)).toList());
        }

        private boolean hides(String name) {
            return name.equalsIgnoreCase(HttpHeaders.RANGE) && !Boolean.TRUE.equals(getAttribute(HOLDS));
        }
    }
}
