package io.millrace.local.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a password where there is none: a page of another site whose name was made to resolve to this machine
 * (DNS rebinding) sends its own name as {@code Host}, and is refused.
 */
final class LoopbackHostOnly extends Filter {

    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        @Nullable
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host != null && LOOPBACK.matcher(host).matches()) {
            chain.doFilter(exchange);
        } else {
            byte[] body = "Caught mail is shown under localhost only.\n".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(403, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public String description() {
        return "answers under the names of this machine only";
    }
}
