package io.millrace.dashboard;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * Lets only the dashboard's own page change anything, since a browser sends the operator's credentials with every
 * site's requests. Goes by the headers that scripts cannot set: {@code Sec-Fetch-Site} where the browser sends it, else
 * {@code Origin}.
 */
final class SameOriginWrites extends Filter {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (READS.contains(exchange.getRequestMethod()) || isSameOrigin(exchange.getRequestHeaders())) {
            chain.doFilter(exchange);
        } else {
            Refusal.send(exchange, 403, "Only the dashboard's own page may change anything here.");
        }
    }

    @Override
    public String description() {
        return "refuses what other sites' pages send";
    }

    private static boolean isSameOrigin(Headers headers) {
        @Nullable
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        @Nullable
        String origin = headers.getFirst("Origin");
        @Nullable
        String host = headers.getFirst("Host");
        return origin != null && host != null && host.equalsIgnoreCase(authority(origin));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getRawAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
