package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Of each end one job tells, whatever happens at that moment. */
class JobWebhooksTest extends EmbeddedEngine {

    private static final String URL = "https://example.org/hooks";
    private static final AtomicInteger ORDERS = new AtomicInteger(80_000);
    private static final Instant MUCH_LATER = Instant.parse("2030-01-01T00:00:00Z");

    @Autowired
    PostgresJobWebhooks webhooks;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    @Qualifier(JobsAutoConfiguration.ENGINE)
    DataSource engine;

    @AfterEach
    void forgetAll() {
        jdbc.sql("update millrace_jobs.jobrunr_jobs set webhook = null, webhookTold = null where webhook is not null")
                .update();
    }

    @Test
    void tellOfAnEndOnce() {
        var id = place("somewhere");
        await(id, State.SUCCEEDED);

        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isEqualTo(1);
        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isZero();

        assertThat(told(id)).containsExactly("SUCCEEDED");
    }

    @Test
    void tellOfFailedAndCancelledJobsAsWell() {
        var failed = place("no such street");
        var cancelled = place("somewhere", EnqueueOptions.DEFAULTS.withRunAt(MUCH_LATER));
        await(failed, State.FAILED);
        queue.cancel(cancelled);

        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isEqualTo(2);

        assertThat(told(failed)).containsExactly("FAILED");
        assertThat(told(cancelled)).containsExactly("DELETED");
    }

    @Test
    void tellNothingOfAJobThatHasNotEnded() {
        place("somewhere", EnqueueOptions.DEFAULTS.withRunAt(MUCH_LATER));

        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isZero();
    }

    @Test
    void areThereWithTheCallersTransactionOrNot() {
        var id = UUID.randomUUID();
        transactions.executeWithoutResult(status -> {
            queue.enqueue(new ShipOrder(ORDERS.incrementAndGet(), "somewhere"), EnqueueOptions.DEFAULTS.withId(id));
            assertThat(webhooks.register(id, URL)).isTrue();
            status.setRollbackOnly();
        });

        assertThat(queue.find(id)).isEmpty();
        assertThat(webhooks.register(id, URL)).as("there is no such job").isFalse();
    }

    @Test
    void areOneForEachJobAndTellALateOneOfTheEnd() {
        var id = queue.enqueue(new ShipOrder(ORDERS.incrementAndGet(), "somewhere"));
        await(id, State.SUCCEEDED);

        assertThat(webhooks.register(id, URL)).isTrue();
        assertThat(webhooks.register(id, "https://example.org/other")).isFalse();
        webhooks.tellSome(JobWebhooksTest::news);
        assertThat(webhooks.register(id, URL)).as("nor is it told again").isFalse();

        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isZero();
        assertThat(told(id)).containsExactly("SUCCEEDED");
    }

    @Test
    void tellOfASuccessAfterAFailureThatWasTold() {
        var id = place("no such street");
        await(id, State.FAILED);
        webhooks.tellSome(JobWebhooksTest::news);
        queue.retry(id);
        await(id, State.FAILED);
        assertThat(webhooks.tellSome(JobWebhooksTest::news)).as("it failed again").isZero();

        jdbc.sql(
                "update millrace_jobs.jobrunr_jobs set jobAsJson = replace(jobAsJson, 'no such street', 'a fine street')"
                        + " where id = ?")
                .param(id.toString()).update();
        queue.retry(id);
        await(id, State.SUCCEEDED);

        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isEqualTo(1);
        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isZero();
        assertThat(told(id)).containsExactlyInAnyOrder("FAILED", "SUCCEEDED");
    }

    /** As where the process is killed: what was enqueued and what was noted are one transaction. */
    @Test
    void tellOnceAlsoWhereTheTellingBreaksOff() {
        var ids = List.of(place("somewhere"), place("somewhere"));
        ids.forEach(id -> await(id, State.SUCCEEDED));
        var told = new AtomicInteger();

        assertThatThrownBy(() -> webhooks.tellSome((ended, url) -> {
            if (told.incrementAndGet() == 2) {
                throw new OutOfMemoryError("in the middle of it");
            }
            return news(ended, url);
        })).isInstanceOf(OutOfMemoryError.class);
        assertThat(ids).allMatch(id -> told(id).isEmpty());

        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isEqualTo(2);
        assertThat(ids).allSatisfy(id -> assertThat(told(id)).containsExactly("SUCCEEDED"));
    }

    static List<Supplier<RuntimeException>> mishaps() {
        return List.of(() -> new IllegalStateException("nobody knows how"), () -> new NullPointerException("as if"),
                () -> new UnsupportedOperationException("as if"));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void passOverWhatCannotBeTold(Supplier<RuntimeException> mishap) {
        var good = place("somewhere");
        var refused = place("somewhere");
        var broken = place("somewhere");
        List.of(good, refused, broken).forEach(id -> await(id, State.SUCCEEDED));

        WebhookDelivery delivery = (ended, url) -> {
            if (ended.id().equals(broken)) {
                throw mishap.get();
            }
            return ended.id().equals(refused) ? new ShipOrder(-1, "nowhere") : news(ended, url);
        };
        assertThat(webhooks.tellSome(delivery)).isEqualTo(3);

        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isZero();
        assertThat(told(good)).containsExactly("SUCCEEDED");
        assertThat(told(refused)).isEmpty();
    }

    @Test
    void tellOfEachOnceWhereManyTell() throws Exception {
        var ids = IntStream.range(0, 150).mapToObj(number -> place("somewhere")).toList();
        ids.forEach(id -> await(id, State.SUCCEEDED));
        var together = new CountDownLatch(1);

        int sum;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tellers = IntStream.range(0, 4).mapToObj(number -> threads.submit(() -> {
                together.await();
                return webhooks.tellSome(JobWebhooksTest::news) + webhooks.tellSome(JobWebhooksTest::news);
            })).toList();
            together.countDown();
            sum = 0;
            for (var teller : tellers) {
                sum += teller.get();
            }
        }

        assertThat(sum).isEqualTo(150);
        assertThat(ids).allSatisfy(id -> assertThat(told(id)).hasSize(1));
    }

    @Test
    void areNoBurdenHoweverManyWait() {
        place("somewhere", EnqueueOptions.DEFAULTS.withRunAt(MUCH_LATER));
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt,
                                                        scheduledAt, type, queue, webhook)
                select gen_random_uuid()::text, 1, '{}', 'x', 'SCHEDULED', now(), now(), '2030-01-01', 'x', 'x', webhook
                from millrace_jobs.jobrunr_jobs, generate_series(1, 20000) where webhook is not null
                """)
                .update();

        var plan = Objects.toString(JdbcClient.create(engine)
                .sql("explain (analyze, buffers) select id, webhook from millrace_jobs.jobrunr_jobs where "
                        + PostgresJobWebhooks.DUE + " order by id limit 100 for no key update skip locked")
                .query(String.class).list());

        assertThat(plan).contains("Index Scan using jobrunr_jobs_webhooks_due").doesNotContain("Seq Scan")
                .doesNotContain("Rows Removed");
        assertThat(webhooks.tellSome(JobWebhooksTest::news)).isZero();
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs where type = 'x'").update();
    }

    @Test
    void areAnAddress() {
        assertThatIllegalArgumentException().isThrownBy(() -> webhooks.register(UUID.randomUUID(), ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> webhooks.register(UUID.randomUUID(), "x".repeat(JobWebhooks.LONGEST + 1)));
    }

    private UUID place(String address) {
        return place(address, EnqueueOptions.DEFAULTS);
    }

    private UUID place(String address, EnqueueOptions options) {
        var id = queue.enqueue(new ShipOrder(ORDERS.incrementAndGet(), address), options);
        assertThat(webhooks.register(id, URL)).isTrue();
        return id;
    }

    private static Job<?> news(JobStatus ended, String url) {
        assertThat(url).isEqualTo(URL);
        return new ShipOrder(1, ended.state() + " " + ended.id());
    }

    /** Which ends the jobs tell of that were enqueued for it. */
    private List<@Nullable String> told(UUID id) {
        return jdbc.sql("select substring(jobAsJson from '([A-Z]+) " + id + "') from millrace_jobs.jobrunr_jobs"
                + " where jobAsJson like ?").param("%" + " " + id + "%").query(String.class).list();
    }
}
