package io.millrace.dashboard.jobrunr;

import java.io.IOException;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;

/** Turns away whoever does not show the key: everybody on this machine can reach its loopback interface. */
final class ProxyOnly extends Filter {

    private final ProxyKey key;

    ProxyOnly(ProxyKey key) {
        this.key = key;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        // A connection that is kept may be closed by this side while the proxy writes to it, and a change must not be sent twice.
        exchange.getResponseHeaders().set("Connection", "close");
        if (key.is(exchange.getRequestHeaders().getFirst(ProxyKey.HEADER))) {
            chain.doFilter(exchange);
        } else {
            LoopbackRefusal.send(exchange, 403, "Only the dashboard's own proxy is answered here.");
        }
    }

    @Override
    public String description() {
        return "answers the proxy alone";
    }
}
