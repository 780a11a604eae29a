package io.millrace.dashboard;

import java.io.IOException;
import java.util.regex.Pattern;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the password where there is none: a page of another site whose name was made to resolve to this machine
 * (DNS rebinding) sends its own name as {@code Host}, and is refused.
 */
public final class LoopbackHostOnly extends Filter {

    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        @Nullable
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host != null && LOOPBACK.matcher(host).matches()) {
            chain.doFilter(exchange);
        } else {
            Refusal.send(exchange, 403, "The open dashboard answers under localhost only.");
        }
    }

    @Override
    public String description() {
        return "answers under the names of this machine only";
    }
}
