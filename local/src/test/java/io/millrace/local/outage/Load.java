package io.millrace.local.outage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Clients of the API that go on until they are told to stop, and remember every answer. */
final class Load implements AutoCloseable {

    /** What a caller may have to wait, whatever is away. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI api;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile @Nullable UUID latest;

    Load(URI api) {
        this.api = api;
    }

    /** One more client, which queues jobs of these types by turns, with a pause after each answer. */
    Load queueing(Duration pause, String... types) {
        return client(pause, () -> {
            int mine = number.incrementAndGet();
            return post(types[mine % types.length], "{\"number\": " + mine + "}");
        });
    }

    /** One more client, which reads; in the path, {@code LATEST} stands for the job that was accepted last. */
    Load reading(Duration pause, String path) {
        return client(pause, () -> get(api.resolve(path.replace("LATEST", String.valueOf(latest)))));
    }

    private Load client(Duration pause, Supplier<Answer> request) {
        clients.add(Thread.ofVirtual().start(() -> {
            try {
                while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    answers.add(request.get());
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        return this;
    }

    Answer post(String type, String payload) {
        var answer = send(HttpRequest.newBuilder(api.resolve("/jobs")).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\": \"" + type + "\", \"payload\": " + payload + "}")));
        if (answer.isAcceptedJob()) {
            latest = answer.jobId();
        }
        return answer;
    }

    static Answer get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    private static Answer send(HttpRequest.Builder builder) {
        var request = builder.timeout(LONGEST_ANSWER).build();
        String address = request.uri().toString();
        String name = request.method() + " " + address.substring(address.indexOf('/', "http://".length()));
        long began = System.nanoTime();
        try {
            var answer = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(name, began, System.nanoTime(), answer.statusCode(),
                    answer.headers().firstValue("Retry-After").orElse(""), answer.body());
        } catch (IOException e) {
            return new Answer(name, began, System.nanoTime(), 0, "", e.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** Those that were asked for and given between two times of System.nanoTime. */
    List<Answer> within(long from, long to) {
        return answers.stream().filter(answer -> answer.began() - from >= 0 && answer.ended() - to <= 0).toList();
    }

    Set<UUID> acceptedJobs() {
        return answers.stream().filter(Answer::isAcceptedJob).map(Answer::jobId).collect(Collectors.toSet());
    }

    /** Until their last answers are there. */
    @Override
    public void close() {
        closed.countDown();
        for (var client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
