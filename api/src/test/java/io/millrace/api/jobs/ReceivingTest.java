package io.millrace.api.jobs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Bodies of jobs that come in slowly, or many at once. */
final class ReceivingTest {

    private static final String JOB = "{\"type\": \"profile-file\", \"payload\": {\"fileId\": \"0199a1b2-0000-7000-8000-000000000001\"}}";
    private static final int MOST_HELD = 1_000;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.jobs.enqueues-at-once=2", "millrace.api.jobs.bulks-at-once=1",
                "millrace.api.receiving.max-held=" + MOST_HELD + "B", "millrace.api.receiving.longest-job=PT0.5S",
                "millrace.api.receiving.bulks-at-once=2", "millrace.api.receiving.longest-bulk=PT0.5S",
                "millrace.api.receiving.max-spooled=20KB", "millrace.api.receiving.longest-wait=PT0.1S");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void takesInOnlySoManyJobsAtOnceAndNoneForEver() throws IOException {
        try (var first = begin("/jobs", "application/json", "{");
                var second = begin("/jobs", "application/json", "{")) {
            await().untilAsserted(() -> assertOverloaded(job("")));

            await().untilAsserted(() -> {
                drip(first);
                drip(second);
                assertThat(job("").status()).isEqualTo(202);
            });

            assertThat(told(first)).startsWith("HTTP/1.1 408").endsWith("/problems/too-slow");
            assertThat(told(second)).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void takesNoBodyThatIsLongerThanAJobCanBe() {
        Answer answer = job(" ".repeat(150_000));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/too-large");
        assertThat(job(" ".repeat(140_000)).status()).as("as long as one may be").isEqualTo(202);
        assertThat(api.put("/schedules/long", "{" + " ".repeat(150_000) + "}").status()).isEqualTo(413);
    }

    @Test
    void holdsOnlySoManyBytesUntilTheyAreAnswered() {
        var first = new AtomicReference<CompletableFuture<Answer>>();
        whileNothingCanBeQueued(() -> {
            first.set(later(() -> job(" ".repeat(700))));
            await().until(() -> held() > 700);

            assertOverloaded(job(" ".repeat(300)));
        });

        assertThat(first.get().join().status()).isEqualTo(202);
        assertThat(api.post("/jobs", "{]").status()).isEqualTo(400);
        await().untilAsserted(() -> assertThat(held()).isZero());
    }

    @Test
    void queuesBulksBesideSlowOnes() throws IOException {
        try (var first = begin("/jobs/bulk", "application/x-ndjson", "{")) {
            await().until(() -> api.bean(Spool.class).kept() == 1);
            assertThat(bulk(1).status()).isEqualTo(202);

            try (var second = begin("/jobs/bulk", "application/x-ndjson", "{")) {
                await().untilAsserted(() -> assertOverloaded(bulk(1)));

                await().untilAsserted(() -> {
                    drip(first);
                    drip(second);
                    assertThat(bulk(1).status()).isEqualTo(202);
                });
                assertThat(told(first)).startsWith("HTTP/1.1 408").endsWith("/problems/too-slow");
            }
        }
        await().untilAsserted(() -> assertThat(api.bean(Spool.class).kept()).isZero());
    }

    @Test
    void keepsOnlySoManyBytesOfBulks() throws IOException {
        assertThat(bulk(300).status()).isEqualTo(413);
        try (var _ = begin("/jobs/bulk", "application/x-ndjson", "{\"type\": \"" + "a".repeat(18_000))) {
            await().until(() -> api.bean(Spool.class).kept() > 18_000);

            assertOverloaded(bulk(50));
        }
        await().untilAsserted(() -> assertThat(bulk(50).status()).isEqualTo(202));
    }

    @Test
    void waitsForAPlaceOnlySoLong() {
        var first = new AtomicReference<CompletableFuture<Answer>>();
        whileNothingCanBeQueued(() -> {
            first.set(later(() -> bulk(1)));
            await().until(() -> api.bean(Spool.class).kept() > 0);

            assertOverloaded(bulk(1));
        });

        assertThat(first.get().join().status()).isEqualTo(202);
    }

    private static int held() {
        return MOST_HELD - api.bean(JobBodies.class).free();
    }

    private static void whileNothingCanBeQueued(Runnable meanwhile) {
        api.bean(TransactionTemplate.class).executeWithoutResult(_ -> {
            api.bean(JdbcClient.class).sql("lock table millrace_jobs.jobrunr_jobs in exclusive mode").update();
            meanwhile.run();
        });
    }

    private static CompletableFuture<Answer> later(Supplier<Answer> request) {
        return CompletableFuture.supplyAsync(request, Executors.newVirtualThreadPerTaskExecutor());
    }

    private static Answer job(String space) {
        return api.post("/jobs", JOB + space);
    }

    private static Answer bulk(int jobs) {
        return api.send("POST", "/jobs/bulk", (JOB + "\n").repeat(jobs), "Content-Type", "application/x-ndjson");
    }

    private static void assertOverloaded(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/overloaded");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    /** A request that does not end. */
    private static Socket begin(String path, String type, String start) throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), api.port());
        client.setSoTimeout(20_000);
        client.getOutputStream().write(String.join("\r\n", "POST " + path + " HTTP/1.1", "Host: 127.0.0.1",
                "Content-Type: " + type, "Content-Length: 19000", "", start).getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static void drip(Socket client) throws IOException {
        client.getOutputStream().write(' ');
    }

    /** Up to the kind of the problem. */
    private static String told(Socket client) throws IOException {
        var answer = new StringBuilder();
        while (answer.indexOf("/problems/too-slow") < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                break;
            }
            answer.append((char) next);
        }
        return answer.toString();
    }
}
