package io.millrace.dashboard.jobrunr;

import java.io.IOException;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;

/**
 * Keeps from JobRunr's handlers what they do not bear: they take a path to a file as it comes, {@code ..} included, and
 * answer their exceptions with a stack trace.
 */
final class PlainRequests extends Filter {

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.contains("..") || path.contains("\\") || path.contains("\0")) {
            LoopbackRefusal.send(exchange, 400, "No such path.");
            return;
        }
        exchange.setStreams(exchange.getRequestBody(), new TracelessBody(exchange));
        chain.doFilter(exchange);
    }

    @Override
    public String description() {
        return "refuses crooked paths, hides stack traces";
    }
}
