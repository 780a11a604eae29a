package io.millrace.dashboard;

import java.io.IOException;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;

/**
 * Binds the page to its own origin: JobRunr's page asks its maker's host for news and versions, and this policy makes
 * the browser refuse. JobRunr's own policy (a nonce for scripts) stands beside it; a browser applies both.
 */
final class SecurityHeaders extends Filter {

    // The page's component library writes <style> elements, so inline styles must pass; scripts must not.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; manifest-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.add("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Frame-Options", "DENY");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (!exchange.getRequestURI().getPath().startsWith("/dashboard/static/")) {
            headers.set("Cache-Control", "no-store");
        }
        chain.doFilter(exchange);
    }

    @Override
    public String description() {
        return "sets the headers that keep the page to itself";
    }
}
