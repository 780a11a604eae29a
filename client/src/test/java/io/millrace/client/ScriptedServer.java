package io.millrace.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server that answers as it was told, one request after the other, and the last answer from then on. */
final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> script = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedServer(Answer... answers) {
        try {
            script.addAll(List.of(answers));
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** What came in, and when. */
    record Request(String method, String path, Headers headers, String body, long nanos) {

        String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }
    }

    /** What goes out. */
    interface Answer {

        void to(HttpExchange exchange) throws IOException;
    }

    /** With this status, headers as name and value by turns. */
    static Answer json(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    static Answer job(int status, String id, JobState state) {
        return json(status, jobJson(id, state));
    }

    static String jobJson(String id, JobState state) {
        return """
               {"id": "%s", "type": "send-email", "queue": "mail", "priority": 0, "state": "%s", "attempt": 1, "maxAttempts": 10, \
               "createdAt": "2026-01-01T00:00:00.000001Z", "scheduledAt": null, "startedAt": null, "finishedAt": null, \
               "progress": null, "error": null, "labels": [], "enqueuedBy": null}"""
                .formatted(id, state);
    }

    /** Done, and nobody hears of it: the connection breaks instead. */
    static Answer lost() {
        return HttpExchange::close;
    }

    /** This much of a stream, which is then cut off. */
    static Answer cut(String events) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** A stream as a whole. */
    static Answer events(String events) {
        return json(200, events);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Request> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer;
        synchronized (script) {
            requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(), body, System.nanoTime()));
            answer = script.size() > 1 ? script.remove() : script.element();
        }
        answer.to(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
