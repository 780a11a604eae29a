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
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import io.millrace.api.http.ProblemException;

/**
 * What Spring does not look at of Range (RFC 9110, 14). If-Range (13.1.5): a part is only answered to who has the rest of the same
 * bytes. The range of such a request is hidden until {@link #compare} has found that its tag is strongly equal; otherwise it gets
 * the whole. A date never counts, and neither does a weak tag, such as that of a compressed answer. A range that is not one of
 * bytes is hidden for good: it must be ignored.
 */
@Component
final class ConditionalRange extends OncePerRequestFilter {

    private static final String HOLDS = ConditionalRange.class.getName();
    private static final String BYTES = "bytes=";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String range = request.getHeader(HttpHeaders.RANGE);
        boolean counts = range == null
                || (isOfBytes(range) && request.getHeader(HttpHeaders.IF_RANGE) == null);
        chain.doFilter(counts ? request : new Hiding(request), response);
    }

    private static boolean isOfBytes(String range) {
        return range.regionMatches(true, 0, BYTES, 0, BYTES.length());
    }

    /** Lets the range of this request count if it asks for a part of what has this strong tag. */
    static void compare(HttpServletRequest request, String strongTag) {
        request.setAttribute(HOLDS, strongTag.equals(request.getHeader(HttpHeaders.IF_RANGE)));
    }

    /**
     * Lets pass what has a part for the request. Spring would answer 416 with the whole.
     *
     * @throws ProblemException
     *             416
     */
    static void checkSatisfiable(HttpServletRequest request, Resource content, long size) {
        String range = request.getHeader(HttpHeaders.RANGE);
        if (range != null) {
            try {
                HttpRange.toResourceRegions(HttpRange.parseRanges(range), content);
            } catch (IllegalArgumentException e) {
                throw ProblemException.rangeNotSatisfiable(size);
            }
        }
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
            return name.equalsIgnoreCase(HttpHeaders.RANGE) && !(Boolean.TRUE.equals(getAttribute(HOLDS))
                    && isOfBytes(String.valueOf(super.getHeader(HttpHeaders.RANGE))));
        }
    }
}
