package io.millrace.dashboard.jobrunr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;

/** Answers a request that goes no further. */
final class LoopbackRefusal {

    private LoopbackRefusal() {
    }

    static void send(HttpExchange exchange, int status, String sentence) throws IOException {
        try (exchange) {
            byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
