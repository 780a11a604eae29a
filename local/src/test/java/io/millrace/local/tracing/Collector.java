package io.millrace.local.tracing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Receives OTLP over HTTP, and keeps the spans that it is sent. */
final class Collector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
    private final CountDownLatch mayAnswer;

    private Collector(int answersAfter) {
        mayAnswer = new CountDownLatch(answersAfter);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    static Collector start() {
        return new Collector(0);
    }

    /** One that takes connections, reads what comes, and says nothing. */
    static Collector startThatHangs() {
        return new Collector(1);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    List<ReceivedSpan> spans() {
        return List.copyOf(spans);
    }

    List<ReceivedSpan> ofTrace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    /** The first of the trace, as soon as there is one. */
    ReceivedSpan awaitSpan(String trace, Predicate<ReceivedSpan> which) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ofTrace(trace)).as("spans of the trace").anyMatch(which));
        return ofTrace(trace).stream().filter(which).findFirst().orElseThrow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            mayAnswer.await();
            spans.addAll(ReceivedSpan.all(request));
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What waits for an answer gets none. */
    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
