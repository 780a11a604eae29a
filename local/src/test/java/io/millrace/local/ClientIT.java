package io.millrace.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.client.BulkRefused;
import io.millrace.client.Job;
import io.millrace.client.JobCancelled;
import io.millrace.client.JobFailed;
import io.millrace.client.JobFilter;
import io.millrace.client.JobListener;
import io.millrace.client.JobState;
import io.millrace.client.JobType;
import io.millrace.client.MillraceClient;
import io.millrace.client.NewJob;
import io.millrace.client.RequestRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The Java client against the API and a worker, straight and through a proxy that loses answers. */
class ClientIT {

    private static final JobType<Email, Sent> SEND_EMAIL = JobType.of("send-email", Email.class, Sent.class);
    private static final JobType<Call, Answered> CALL = JobType.of("http-call", Call.class, Answered.class);
    private static final Email EMAIL = new Email("ada@example.org", "Hello", "Hello from Millrace.");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static LocalProcess local;
    private static MillraceClient client;

    record Email(String to, String subject, String text) {
    }

    record Sent(List<String> accepted, Instant sentAt) {
    }

    record Call(String url) {
    }

    record Answered(int status) {
    }

    @BeforeAll
    static void start(@TempDir Path parent) throws Exception {
        local = LocalProcess.start(parent.toRealPath().resolve("data")).awaitReady();
        client = MillraceClient.builder(api()).build();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        local.close();
    }

    @Test
    void enqueuesFollowsAndAwaits() throws Exception {
        var job = client.enqueue(SEND_EMAIL, EMAIL);
        var states = new CopyOnWriteArrayList<JobState>();
        try (var following = client.follow(job, states(states))) {
            assertThat(following.ended().get(60, TimeUnit.SECONDS).state()).isEqualTo(JobState.SUCCEEDED);
        }

        assertThat(states).endsWith(JobState.SUCCEEDED);
        assertThat(client.awaitResult(job, PATIENCE).accepted()).containsExactly("ada@example.org");
        assertThat(client.find(job.id())).get().satisfies(found -> {
            assertThat(found.queue()).isEqualTo("mail");
            assertThat(found.result()).isNotNull();
        });
    }

    @Test
    void enqueuesOnceThoughTheAnswersAreLost() throws Exception {
        try (var proxy = new LossyProxy(api(), 1); var lossy = MillraceClient.builder(proxy.address()).build()) {
            proxy.loseNextAnswers(3);

            var job = lossy.enqueue(SEND_EMAIL.job(EMAIL).withLabels("lost").withDelay(Duration.ofHours(1)));

            assertThat(proxy.lost()).isEqualTo(3);
            assertThat(client.list(JobFilter.ALL.withLabel("lost"))).extracting(Job::id).containsExactly(job.id());
        }
    }

    @Test
    void hearsEachEventOnceThoughStreamsBreak() throws Exception {
        // The first block says no more than when to come back.
        try (var proxy = new LossyProxy(api(), 2); var lossy = MillraceClient.builder(proxy.address()).build()) {
            var states = new CopyOnWriteArrayList<JobState>();
            var breaks = new AtomicInteger();
            var job = client.enqueue(later("broken"));
            var following = lossy.follow(job, new JobListener() {
                @Override
                public void onState(Job state) {
                    states.add(state.state());
                }

                @Override
                public void onDisconnect(String reason, Duration pause) {
                    breaks.incrementAndGet();
                }
            });
            Awaitility.await().atMost(PATIENCE).until(() -> breaks.get() > 0);

            client.cancel(job.id());

            assertThat(following.ended().get(60, TimeUnit.SECONDS).state()).isEqualTo(JobState.DELETED);
            assertThat(states).containsExactly(JobState.SCHEDULED, JobState.DELETED);
        }
    }

    @Test
    void saysWhyAJobFailedAndPutsItBack() throws Exception {
        var status = new AtomicInteger(400);
        var service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        service.start();
        try {
            var job = client.enqueue(CALL, new Call("http://127.0.0.1:" + service.getAddress().getPort()));
            assertThatExceptionOfType(JobFailed.class).isThrownBy(() -> client.awaitResult(job, PATIENCE))
                    .satisfies(failed -> assertThat(failed.errorMessage()).contains("400"));

            status.set(200);
            client.retry(job.id());

            assertThat(client.awaitResult(job, PATIENCE)).isEqualTo(new Answered(200));
            assertThatExceptionOfType(RequestRefused.class).isThrownBy(() -> client.retry(job.id()))
                    .satisfies(refused -> assertThat(refused.status()).isEqualTo(409));
        } finally {
            service.stop(0);
        }
    }

    @Test
    void cancels() {
        var job = client.enqueue(SEND_EMAIL.job(EMAIL).withLabels("cancelled").withDelay(Duration.ofHours(1)));

        assertThat(client.cancel(job.id())).isTrue();
        assertThat(client.cancel(job.id())).isTrue();

        assertThatExceptionOfType(JobCancelled.class).isThrownBy(() -> client.awaitResult(job, PATIENCE));
        assertThat(client.list(JobFilter.ALL.withLabel("cancelled").withState(JobState.DELETED)))
                .extracting(Job::id).containsExactly(job.id());
    }

    @Test
    void enqueuesManyInChunksAndNamesThoseThatAreWrong() {
        int chunk = 10_000;
        var many = client.enqueueAll(IntStream.range(0, chunk + 50).mapToObj(i -> later("many")));
        assertThat(many).hasSize(chunk + 50).doesNotHaveDuplicates();
        assertThat(client.list(JobFilter.ALL.withLabel("many")).count()).isEqualTo(chunk + 50);

        assertThatExceptionOfType(BulkRefused.class)
                .isThrownBy(() -> client.enqueueAll(IntStream.range(0, 20).mapToObj(i -> i == 7
                        ? SEND_EMAIL.job(new Email("nobody", "", ""))
                        : later("wrong"))))
                .satisfies(refused -> {
                    assertThat(refused.errors()).extracting(BulkRefused.ItemError::index).containsOnly(7L);
                    assertThat(refused.errors()).extracting(BulkRefused.ItemError::field).contains("payload.to");
                    assertThat(refused.enqueued()).isEmpty();
                });
        assertThat(client.list(JobFilter.ALL.withLabel("wrong"))).isEmpty();
    }

    @Test
    void answersTheSameJobUnderTheSameKeyAndRefusesAnother() {
        var job = later("keyed").withIdempotencyKey("order-17");

        assertThat(client.enqueue(job)).isEqualTo(client.enqueue(job));
        assertThatExceptionOfType(RequestRefused.class).isThrownBy(() -> client.enqueue(job.withPriority(3)))
                .satisfies(refused -> assertThat(refused.type()).isEqualTo("/problems/idempotency-key-reused"));
    }

    private static NewJob<Sent> later(String label) {
        return SEND_EMAIL.job(EMAIL).withLabels(label).withDelay(Duration.ofHours(1));
    }

    private static JobListener states(List<JobState> states) {
        return new JobListener() {
            @Override
            public void onState(Job job) {
                states.add(job.state());
            }
        };
    }

    private static URI api() {
        return URI.create("http://127.0.0.1:" + local.port("server.port"));
    }
}
