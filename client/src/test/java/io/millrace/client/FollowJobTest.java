package io.millrace.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.millrace.client.ScriptedServer.Answer;

import static io.millrace.client.ScriptedServer.cut;
import static io.millrace.client.ScriptedServer.events;
import static io.millrace.client.ScriptedServer.json;
import static io.millrace.client.ScriptedServer.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FollowJobTest {

    private static final JobRef<?> JOB = JobRef.of("a");
    private static final String BEGIN = "retry: 10\n\n" + state("1", JobState.PROCESSING);

    @Test
    void tellsWhatBecomesOfAJobUntilItHasEnded() throws Exception {
        try (var server = new ScriptedServer(events(
                BEGIN + ": still here\n\n" + """
                                             id: 2
                                             event: log
                                             data: {"run": 1, "line": 4, "at": "2026-01-01T00:00:00Z", "text": "half"}

                                             id: 3
                                             event: gap
                                             data: {"run": 1, "lines": 7}

                                             id: 4
                                             event: progress
                                             data: {"done": 1, "total": 2}

                                             event: from-a-newer-server
                                             data: {}

                                             """ + state("5", JobState.SUCCEEDED))); var client = client(server)) {
            var heard = new Heard();

            assertThat(ended(client.follow(JOB, heard)).state()).isEqualTo(JobState.SUCCEEDED);

            assertThat(heard.all).containsExactly("PROCESSING", "half", "7 missing", "1/2", "SUCCEEDED");
            assertThat(server.requests().get(0).header("Accept")).isEqualTo("text/event-stream");
        }
    }

    @Test
    void goesOnBehindTheLastEventWhateverBreaks() throws Exception {
        try (var server = new ScriptedServer(cut(BEGIN + "id: 2\nevent: progress\nda"), lost(), json(503, ""),
                events(": still here\n\n"), events(state("2", JobState.SUCCEEDED))); var client = client(server)) {
            var heard = new Heard();

            ended(client.follow(JOB, heard));

            assertThat(heard.all).containsExactly("PROCESSING", "SUCCEEDED");
            assertThat(heard.disconnects).hasValueGreaterThanOrEqualTo(3);
            assertThat(server.requests().get(0).header("Last-Event-ID")).isEqualTo("null");
            assertThat(server.requests().subList(1, server.requests().size()))
                    .allMatch(request -> request.header("Last-Event-ID").equals("1"));
        }
    }

    @Test
    void noticesThatAStreamIsDead() throws Exception {
        Answer dead = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(BEGIN.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
        try (var server = new ScriptedServer(dead, events(state("2", JobState.FAILED)));
                var client = MillraceClient.builder(server.address()).longestSilence(Duration.ofMillis(400)).build()) {
            assertThat(ended(client.follow(JOB, new Heard())).state()).isEqualTo(JobState.FAILED);
        }
    }

    @Test
    void letsTheListenerSetThePace() throws Exception {
        var written = new AtomicInteger();
        Answer endless = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var line = ("id: 9\nevent: log\ndata: {\"run\": 1, \"line\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"text\": \""
                    + "x".repeat(10_000) + "\"}\n\n").getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(line);
                written.incrementAndGet();
            }
        };
        var reads = new CountDownLatch(1);
        try (var server = new ScriptedServer(endless); var client = client(server)) {
            var following = client.follow(JOB, new JobListener() {
                @Override
                public void onLog(Job.LogLine line) {
                    try {
                        reads.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            var before = new AtomicInteger(-1);
            Awaitility.await().pollInterval(Duration.ofMillis(500))
                    .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());

            assertThat(written.get()).as("of 100 MB, what fits into the sockets' buffers").isLessThan(5_000);

            following.close();
            reads.countDown();
        }
    }

    @Test
    void endsWhenTheServerSaysNoOrTheListenerThrowsOrItIsClosed() {
        try (var server = new ScriptedServer(json(404, "")); var client = client(server)) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> client.follow(JOB, new Heard()).ended().join())
                    .withCauseInstanceOf(RequestRefused.class);
        }
        try (var server = new ScriptedServer(events(BEGIN)); var client = client(server)) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> client.follow(JOB, new JobListener() {
                        @Override
                        public void onState(Job job) {
                            throw new IllegalStateException("enough");
                        }
                    }).ended().join()).withMessageContaining("enough");
        }
        try (var server = new ScriptedServer(events(BEGIN)); var client = client(server)) {
            var following = client.follow(JOB, new Heard());
            following.close();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> following.ended().join());
        }
    }

    private static Job ended(Following following) throws Exception {
        return following.ended().get(30, TimeUnit.SECONDS);
    }

    private static String state(String id, JobState state) {
        return "id: " + id + "\nevent: state\ndata: " + ScriptedServer.jobJson("a", state) + "\n\n";
    }

    private static MillraceClient client(ScriptedServer server) {
        return MillraceClient.builder(server.address()).backOff(Duration.ofMillis(2), Duration.ofMillis(10)).build();
    }

    private static final class Heard implements JobListener {

        private final List<String> all = new CopyOnWriteArrayList<>();
        private final AtomicInteger disconnects = new AtomicInteger();

        @Override
        public void onState(Job job) {
            all.add(job.state().name());
        }

        @Override
        public void onProgress(Job.Progress progress) {
            all.add(progress.done() + "/" + progress.total());
        }

        @Override
        public void onLog(Job.LogLine line) {
            all.add(line.text());
        }

        @Override
        public void onGap(int run, int lines) {
            all.add(lines + " missing");
        }

        @Override
        public void onDisconnect(String reason, Duration pause) {
            disconnects.incrementAndGet();
        }
    }
}
