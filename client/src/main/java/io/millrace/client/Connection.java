package io.millrace.client;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The way to one server, and all that is under way on it. */
final class Connection implements AutoCloseable {

    private final String server;
    private final @Nullable String apiKey;
    private final HttpClient http;
    private final boolean isOwn;
    private final BackOff backOff;
    private final Duration timeout;
    /** By a key of its own, how to cancel each. */
    private final Map<Object, Runnable> underWay = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Connection(URI server, @Nullable String apiKey, HttpClient http, boolean isOwn, BackOff backOff, Duration timeout) {
        this.server = server.toString().replaceAll("/+$", "");
        this.apiKey = apiKey;
        this.http = http;
        this.isOwn = isOwn;
        this.backOff = backOff;
        this.timeout = timeout;
    }

    BackOff backOff() {
        return backOff;
    }

    /** To {@code path} on the server, which begins with a slash. */
    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(server + path));
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        return request;
    }

    /** A call that may be repeated. */
    Call call(HttpRequest.Builder request) {
        return new Call(request.header("Accept", "application/json").build(), true, timeout, null);
    }

    /** The answer, whatever its status. */
    CompletableFuture<HttpResponse<String>> send(Call call) {
        requireOpen();
        return ending(Attempts.of(call, http, backOff));
    }

    /** What the answer means. To cancel this cancels the call. */
    <T> CompletableFuture<T> ask(Call call, Reading<T> reading) {
        var sent = send(call);
        var read = new CompletableFuture<T>();
        Futures.onEnd(sent, (answer, failure) -> {
            try {
                if (answer == null) {
                    throw Futures.known(failure);
                }
                read.complete(reading.of(answer));
            } catch (Throwable e) {
                read.completeExceptionally(e);
            }
        });
        Futures.onEnd(read, (value, failure) -> sent.cancel(true));
        return read;
    }

    /** Makes something of an answer, or throws. */
    interface Reading<T> {

        T of(HttpResponse<String> answer);
    }

    /** One attempt, without a timeout. */
    <T> CompletableFuture<HttpResponse<T>> stream(HttpRequest request, BodyHandler<T> handler) {
        requireOpen();
        return http.sendAsync(request, handler);
    }

    /** Cancels it when the client is closed. */
    <T extends @Nullable Object> CompletableFuture<T> ending(CompletableFuture<T> future) {
        var key = new Object();
        underWay.put(key, () -> future.cancel(true));
        Futures.onEnd(future, (answer, failure) -> underWay.remove(key));
        if (closed) {
            future.cancel(true);
        }
        return future;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this client is closed");
        }
    }

    /** For a path or a query. */
    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        closed = true;
        underWay.values().forEach(Runnable::run);
        if (isOwn) {
            shutDown();
        }
    }

    /** Since Java 21 it can be told; before, it ends when nobody refers to it any more. */
    private void shutDown() {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(http);
        } catch (ReflectiveOperationException e) {
            // An older Java.
        }
    }

    @Override
    public String toString() {
        return server;
    }
}
