package io.millrace.local.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;

/** A service that is called: it is away for a number of calls, and keeps what it is told of traces. */
final class CalledService implements AutoCloseable {

    private final HttpServer server;
    private final List<String> traceparents = new CopyOnWriteArrayList<>();

    CalledService(int awayFor) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                traceparents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(traceparents.size() > awayFor ? 204 : 503, -1);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/orders/4711?token=secret";
    }

    /** The job that calls it. */
    String job() {
        return """
               {"type": "http-call", "payload": {"url": "%s", "method": "POST"}}
               """.formatted(url());
    }

    List<String> traceparents() {
        return List.copyOf(traceparents);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
