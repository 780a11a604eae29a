package io.millrace.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands before an API and loses what comes back: whole answers, and all of a stream of events but its beginning. */
final class LossyProxy implements AutoCloseable {

    private static final List<String> PASSED_ON = List.of("Content-Type", "Idempotency-Key", "Last-Event-ID", "Accept");

    private final URI api;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final int eventsOfAStream;

    LossyProxy(URI api, int eventsOfAStream) throws IOException {
        this.api = api;
        this.eventsOfAStream = eventsOfAStream;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The API gives these answers, and nobody gets them. */
    void loseNextAnswers(int answers) {
        answersToLose.set(answers);
    }

    int lost() {
        return lost.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = HttpRequest.newBuilder(URI.create(api + exchange.getRequestURI().toString()))
                    .method(exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            PASSED_ON.forEach(name -> {
                var value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            });
            answer(exchange, http.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        try (var body = answer.body()) {
            if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                body.readAllBytes();
                lost.incrementAndGet();
                return;
            }
            var type = answer.headers().firstValue("Content-Type").orElse("");
            exchange.getResponseHeaders().set("Content-Type", type);
            if (type.startsWith("text/event-stream")) {
                exchange.sendResponseHeaders(answer.statusCode(), 0);
                passBeginning(body, exchange);
            } else {
                var bytes = body.readAllBytes();
                exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private void passBeginning(InputStream events, HttpExchange exchange) throws IOException {
        int told = 0;
        int before = 0;
        for (int next = events.read(); next >= 0 && told < eventsOfAStream; next = events.read()) {
            exchange.getResponseBody().write(next);
            exchange.getResponseBody().flush();
            told += next == '\n' && before == '\n' ? 1 : 0;
            before = next;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
        threads.shutdownNow();
    }
}
