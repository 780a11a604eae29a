package io.millrace.dashboard.access;

import java.io.IOException;
import java.util.regex.Pattern;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands in for the login where there is none: a page of another site whose name was made to resolve to this machine (DNS
 * rebinding) sends its own name as {@code Host}, and is refused.
 */
final class LoopbackNamesOnly extends OncePerRequestFilter {

    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader("Host");
        if (host != null && LOOPBACK.matcher(host).matches()) {
            chain.doFilter(request, response);
        } else {
            Refusal.send(request, response, 403, "The open dashboard answers under localhost only.");
        }
    }
}
