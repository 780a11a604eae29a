package io.millrace.worker.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus.State;
import io.millrace.testkit.TestPostgres;
import io.millrace.worker.WorkerUnderTest;
import io.millrace.worker.mail.MailRateRows.Claim;

import static org.assertj.core.api.Assertions.assertThat;

/** Two workers on one database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailRatesTest {

    private static final MailRate TEN = new MailRate(10, Duration.ofSeconds(1));
    private static final MailRate HOURLY = new MailRate(1, Duration.ofHours(1));

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final String database = TestPostgres.newDatabase();
    private List<WorkerUnderTest> workers = List.of();

    @BeforeAll
    void start() {
        server.start();
        workers = Stream.generate(() -> WorkerUnderTest.startOn(database, "spring.mail.host=127.0.0.1",
                "spring.mail.port=" + server.getSmtp().getPort(), "millrace.redis.url=redis://127.0.0.1:1",
                "millrace.mail.rates.domains[slow.example]=5/s", "millrace.mail.rates.keys.slowkey=5/s")).limit(2)
                .toList();
    }

    @AfterAll
    void stop() {
        workers.forEach(WorkerUnderTest::close);
        server.stop();
    }

    @Test
    void holdForBothTogetherAndCostNoAttempt() {
        long begun = System.nanoTime();
        var ids = enqueue("slow.example", EnqueueOptions.DEFAULTS);

        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(ids)
                .extracting(id -> queue().find(id).orElseThrow().state()).containsOnly(State.SUCCEEDED));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("the first and one ahead of its time cost none")
                .isGreaterThan(Duration.ofMillis(200 * (ids.size() - 2L)));
        assertThat(ids).allMatch(id -> queue().find(id).orElseThrow().attempt() == 1);
    }

    @Test
    void holdForTheMailsOfAKey() {
        long begun = System.nanoTime();
        var ids = enqueue("fast.example", EnqueueOptions.DEFAULTS.withEnqueuedBy("slowkey"));

        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(ids)
                .extracting(id -> queue().find(id).orElseThrow().state()).containsOnly(State.SUCCEEDED));

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofMillis(200 * (ids.size() - 2L)));
    }

    @Test
    void grantNoMoreHoweverManyAsk() throws Exception {
        var claim = List.of(new Claim("domain", "many.example", 1, TEN));
        long begun = System.nanoTime();
        IntFunction<Callable<Integer>> asking = worker -> () -> {
            int granted = 0;
            var rows = rows(worker % 2);
            while (System.nanoTime() - begun < Duration.ofSeconds(1).toNanos()) {
                granted += rows.take(claim).isEmpty() ? 1 : 0;
            }
            return granted;
        };
        int granted = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(IntStream.range(0, 6).mapToObj(asking).toList())) {
                granted += one.get();
            }
        }

        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(granted).isBetween(2, (int) Math.ceil(10 * seconds + 1.5));
    }

    @Test
    void tellEachOneWhoIsTooEarlyAnotherTime() {
        var claim = List.of(new Claim("domain", "promised.example", 1, HOURLY));
        var rate = List.of(new Claim("domain", "promised.example", 1, new MailRate(60, Duration.ofHours(1))));
        assertThat(rows(0).take(claim)).isEmpty();

        var waits = IntStream.range(0, 3).mapToObj(i -> rows(i % 2).take(rate)).map(Optional::orElseThrow).toList();

        assertThat(waits).isSortedAccordingTo(Duration::compareTo).doesNotHaveDuplicates();
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofHours(1)) <= 0);
    }

    @Test
    void takeFromAllOrFromNone() {
        var domain = new Claim("domain", "all.example", 1, HOURLY);
        var free = new Claim("key", "all", 1, HOURLY);
        assertThat(rows(0).take(List.of(domain))).isEmpty();

        assertThat(rows(1).take(List.of(free, domain))).isPresent();

        assertThat(rows(0).take(List.of(free))).as("it was not used up in vain").isEmpty();
    }

    @Test
    void countEachRecipient() {
        var rate = new MailRate(10, Duration.ofHours(1));
        assertThat(rows(0).take(List.of(new Claim("domain", "three.example", 3, rate)))).isEmpty();

        assertThat(rows(1).take(List.of(new Claim("domain", "three.example", 1, rate))).orElseThrow())
                .as("three tenths of an hour, but for what may be sent ahead")
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
    }

    private List<UUID> enqueue(String domain, EnqueueOptions options) {
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 10; i++) {
            ids.add(queue().enqueue(new SendEmail("ann@" + domain, "Mail " + i, "text", null), options));
        }
        return ids;
    }

    private JobQueue queue() {
        return workers.getFirst().bean(JobQueue.class);
    }

    private MailRateRows rows(int worker) {
        return workers.get(worker).bean(MailRateRows.class);
    }
}
