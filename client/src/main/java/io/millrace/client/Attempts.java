package io.millrace.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/** Makes one {@link Call} until it is answered for good, one attempt at a time and without holding a thread. */
final class Attempts {

    private static final int TOO_MANY = 429;
    private static final Set<Integer> PASSING = Set.of(TOO_MANY, 502, 503, 504);

    private final HttpClient http;
    private final BackOff backOff;
    private final Call call;
    private final CompletableFuture<HttpResponse<String>> result = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> running;
    /** Attempts follow one another. */
    private int failed;

    private Attempts(HttpClient http, BackOff backOff, Call call) {
        this.http = http;
        this.backOff = backOff;
        this.call = call;
    }

    /**
     * The last answer, whatever its status; {@link ServerUnreachable} if there is none. To cancel it ends the attempt that runs.
     */
    static CompletableFuture<HttpResponse<String>> of(Call call, HttpClient http, BackOff backOff) {
        var attempts = new Attempts(http, backOff, call);
        Futures.onEnd(attempts.result, (answer, failure) -> attempts.cancelRunning());
        attempts.next();
        return attempts.result;
    }

    private void next() {
        try {
            attempt();
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void attempt() {
        if (result.isDone()) {
            return;
        }
        var exchange = http.sendAsync(call.request(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        running = exchange;
        if (result.isDone()) {
            exchange.cancel(true);
        }
        // Not the request's own timeout, which some JDKs stop at the headers.
        Futures.onEnd(exchange.copy().orTimeout(call.timeout().toMillis(), TimeUnit.MILLISECONDS),
                (answer, failure) -> settle(exchange, answer, failure));
    }

    private void settle(CompletableFuture<?> exchange, @Nullable HttpResponse<String> answer,
            @Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            exchange.cancel(true);
        }
        if (answer != null && !isPassing(answer)) {
            result.complete(answer);
            return;
        }
        var pause = mayRepeat(answer, failure) ? pause(++failed, answer) : Optional.<Duration>empty();
        if (pause.isPresent()) {
            CompletableFuture.delayedExecutor(pause.get().toMillis(), TimeUnit.MILLISECONDS).execute(this::next);
        } else if (answer != null) {
            result.complete(answer);
        } else {
            result.completeExceptionally(new ServerUnreachable(call.name(), Futures.known(failure)));
        }
    }

    /** A 409 that names a time is about the same request, which is still under way. */
    private static boolean isPassing(HttpResponse<String> answer) {
        return PASSING.contains(answer.statusCode())
                || (answer.statusCode() == 409 && answer.headers().firstValue("Retry-After").isPresent());
    }

    /** A 503 does not say that nothing was done: the server may have lost its database while it committed. */
    private boolean mayRepeat(@Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
        if (answer != null) {
            return call.repeatable() || answer.statusCode() == TOO_MANY;
        }
        return Futures.isOfNoConnection(failure)
                || (call.repeatable() && (failure instanceof IOException || failure instanceof TimeoutException));
    }

    private Optional<Duration> pause(int failures, @Nullable HttpResponse<String> answer) {
        var pause = backOff.pause(failures);
        var asked = answer == null ? Duration.ZERO : RetryAfter.of(answer.headers()).orElse(Duration.ZERO);
        if (asked.compareTo(pause) > 0) {
            pause = asked;
        }
        var deadline = call.deadline();
        boolean goesOn = deadline == null
                ? failures <= backOff.retries() && asked.compareTo(backOff.longest()) <= 0
                : pause.compareTo(deadline.left()) < 0;
        return goesOn ? Optional.of(pause) : Optional.empty();
    }

    private void cancelRunning() {
        var last = running;
        if (last != null) {
            last.cancel(true);
        }
    }
}
