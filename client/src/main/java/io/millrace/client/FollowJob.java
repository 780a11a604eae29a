package io.millrace.client;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.millrace.client.EventLines.Event;

/** Reads one stream of events after the other until the job has ended, each from behind the last event that was heard. */
final class FollowJob implements Following {

    private final Connection connection;
    private final JobJson json;
    private final String id;
    private final JobListener listener;
    private final Duration longestSilence;
    private final CompletableFuture<Job> ended = new CompletableFuture<>();
    /** Streams follow one another, so nothing here is changed by two threads at once. */
    private volatile @Nullable CompletableFuture<?> stream;
    private volatile @Nullable String lastEvent;
    private volatile @Nullable Job last;
    private volatile Duration comeBack = Duration.ZERO;
    private int failures;

    FollowJob(Connection connection, JobJson json, String id, JobListener listener, Duration longestSilence) {
        this.connection = connection;
        this.json = json;
        this.id = id;
        this.listener = listener;
        this.longestSilence = longestSilence;
    }

    Following begin() {
        connection.requireOpen();
        Futures.onEnd(ended, (job, failure) -> cancelStream());
        var unused = connection.ending(ended);
        connect();
        return this;
    }

    private void connect() {
        if (ended.isDone()) {
            return;
        }
        try {
            var request = connection.request("/jobs/" + Connection.encode(id) + "/events")
                    .header("Accept", "text/event-stream");
            if (lastEvent != null) {
                request.header("Last-Event-ID", lastEvent);
            }
            var lines = new EventLines(this::hear);
            var exchange = connection.stream(request.build(), eventsOrProblem(lines));
            stream = exchange;
            if (ended.isDone()) {
                exchange.cancel(true);
            }
            watch(exchange, lines);
            Futures.onEnd(exchange, this::settle);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private static BodyHandler<String> eventsOrProblem(EventLines lines) {
        return answer -> answer.statusCode() == 200
                ? BodySubscribers.fromLineSubscriber(lines, all -> "", StandardCharsets.UTF_8, null)
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    /** A connection may be dead without anybody being told. */
    private void watch(CompletableFuture<?> exchange, EventLines lines) {
        later(longestSilence.dividedBy(4)).execute(() -> {
            if (exchange.isDone()) {
                return;
            }
            if (lines.silence() > longestSilence.toNanos()) {
                exchange.cancel(true);
            } else {
                watch(exchange, lines);
            }
        });
    }

    private void hear(Event event) {
        if (ended.isDone()) {
            return;
        }
        try {
            tell(event);
        } catch (Throwable e) {
            ended.completeExceptionally(e);
            return;
        }
        failures = 0;
        // A new stream has none until its first event.
        lastEvent = event.id() == null ? lastEvent : event.id();
        if (event.retry() != null) {
            comeBack = Duration.ofMillis(event.retry());
        }
        if (last != null && last.state().isFinal()) {
            ended.complete(last);
        }
    }

    private void tell(Event event) {
        switch (event.type()) {
            case "state" -> {
                var job = json.job(event.data());
                listener.onState(job);
                last = job;
            }
            case "progress" -> listener.onProgress(json.read(event.data(), Job.Progress.class));
            case "log" -> listener.onLog(json.read(event.data(), Job.LogLine.class));
            case "gap" -> {
                var gap = json.read(event.data(), Gap.class);
                listener.onGap(gap.run(), gap.lines());
            }
            default -> {
                // A newer server's.
            }
        }
    }

    private void settle(@Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
        if (ended.isDone()) {
            return;
        }
        if (answer == null) {
            reconnect(String.valueOf(failure), Duration.ZERO);
            return;
        }
        int status = answer.statusCode();
        if (status == 200) {
            reconnect("the stream has ended, the job has not", Duration.ZERO);
        } else if (status == 429 || status >= 502) {
            reconnect("was answered " + status, RetryAfter.of(answer.headers()).orElse(Duration.ZERO));
        } else {
            var call = connection.call(connection.request("/jobs/" + Connection.encode(id) + "/events"));
            ended.completeExceptionally(JobJson.refusal(call, answer));
        }
    }

    private void reconnect(String reason, Duration asked) {
        failures++;
        var pause = longest(connection.backOff().pause(Math.min(failures, 30)), longest(comeBack, asked));
        try {
            listener.onDisconnect(reason, pause);
        } catch (Throwable e) {
            ended.completeExceptionally(e);
            return;
        }
        later(pause).execute(this::connect);
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Executor later(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletableFuture<Job> ended() {
        return ended;
    }

    @Override
    public void close() {
        ended.cancel(true);
    }

    private void cancelStream() {
        var open = stream;
        if (open != null) {
            open.cancel(true);
        }
    }

    /** Lines that are not kept. */
    record Gap(int run, int lines) {
    }
}
