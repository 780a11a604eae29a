package io.millrace.api.http;

import java.io.IOException;
import java.util.regex.Pattern;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands in for the key where none is needed: the loopback interface keeps other machines out, but not the pages of
 * other sites in a browser on this one. A page whose name was made to resolve to this machine (DNS rebinding) sends its
 * own name as {@code Host}; one that posts a form or a file across origins, which no browser asks us about first, sends
 * its {@code Origin}, or {@code Sec-Fetch-Site}. Scripts can set none of these.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class LoopbackCallersOnly extends OncePerRequestFilter {

    private static final String HOST = "(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?";
    private static final Pattern LOOPBACK_HOST = Pattern.compile("(?i)" + HOST);
    private static final Pattern LOOPBACK_ORIGIN = Pattern.compile("(?i)https?://" + HOST);

    private final ApiKeys keys;
    private final ProblemWriter problems;

    LoopbackCallersOnly(ApiKeys keys, ProblemWriter problems) {
        this.keys = keys;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !keys.open();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ProblemDetail refusal = refusal(request);
        if (refusal == null) {
            chain.doFilter(request, response);
        } else {
            problems.write(response, refusal);
        }
    }

    private static @Nullable ProblemDetail refusal(HttpServletRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null || !LOOPBACK_HOST.matcher(host).matches()) {
            return Problem.FORBIDDEN.detail("The open API answers under localhost only: call it as localhost or"
                    + " 127.0.0.1, or set millrace.api.open=false and millrace.api.keys.");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if ((origin != null && !LOOPBACK_ORIGIN.matcher(origin).matches())
                || "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            return Problem.FORBIDDEN.detail("The open API does not answer the pages of other sites: call it from a page"
                    + " on the same host or from a program, or set millrace.api.open=false and millrace.api.keys.");
        }
        return null;
    }
}
