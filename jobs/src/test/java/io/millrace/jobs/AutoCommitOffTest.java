package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** An application whose connections do not commit by themselves and isolate more than usual, as Hibernate's users like it. */
class AutoCommitOffTest {

    private static final Duration WITHOUT_POLL = Duration.ofSeconds(3);

    private static ConfigurableApplicationContext service;
    private static JobQueue queue;
    /** Sees what is committed. */
    private static JdbcClient others;

    @BeforeAll
    static void start() {
        var database = TestPostgres.newDatabase();
        service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database, "spring.datasource.hikari.auto-commit=false",
                        "spring.datasource.hikari.transaction-isolation=TRANSACTION_REPEATABLE_READ",
                        "millrace.jobs.worker.enabled=true")
                .run();
        queue = service.getBean(JobQueue.class);
        others = JdbcClient.create(TestPostgres.dataSource(database));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void isWokenForEachJob() {
        for (int i = 0; i < 3; i++) {
            var done = await(queue.enqueue(ship()));
            assertThat(Duration.between(done.createdAt(), done.startedAt())).isLessThan(WITHOUT_POLL);
        }
        assertThat(others.sql("""
                              select count(*) from pg_stat_activity where datname = current_database()
                                  and state like 'idle in transaction%' and query like 'listen%'
                              """).query(Integer.class).single()).isZero();
    }

    @Test
    void pausesAndResumesQueues() {
        var queues = service.getBean(JobQueues.class);

        queues.pause("held-up");
        assertThat(paused()).isEqualTo(1);
        assertThat(queues.paused()).containsExactly("held-up");

        queues.resume("held-up");
        assertThat(paused()).isZero();
    }

    @Test
    void deletesWhatHasExpired() {
        others.sql("""
                   insert into millrace_jobs.job_results (job_id, type, result, expires_at)
                   values (gen_random_uuid(), 'old', '1', now() - interval '1 hour')
                   """).update();

        assertThat(service.getBean(PostgresJobResults.class).deleteExpired(Turns.REAL).rows()).isEqualTo(1);

        assertThat(others.sql("select count(*) from millrace_jobs.job_results where type = 'old'")
                .query(Integer.class).single()).isZero();
    }

    @Test
    void keepsAndWakesForWhatIsEnqueuedInATransactionOfAnotherDatabase() {
        var elsewhere = new TransactionTemplate(
                new JdbcTransactionManager(TestPostgres.dataSource(TestPostgres.newDatabase())));

        var ids = elsewhere.execute(status -> {
            var first = queue.enqueue(ship());
            // It binds our connection to the other transaction.
            assertThat(queue.find(first)).isPresent();
            var second = queue.enqueue(ship());
            var keyed = queue.enqueue(ship(), EnqueueOptions.DEFAULTS.withIdempotencyKey("elsewhere"));
            var many = queue.enqueueAll(Stream.of(ship(), ship()));
            var later = queue.enqueue(ship(),
                    EnqueueOptions.DEFAULTS.withRunAt(service.getBean(Clock.class).instant().plusSeconds(86_400)));
            assertThat(queue.cancel(later)).isTrue();
            var all = Stream.concat(Stream.of(first, second, keyed), many.stream()).toList();
            assertThat(all).allSatisfy(id -> {
                var done = await(id);
                assertThat(Duration.between(done.createdAt(), done.startedAt())).isLessThan(WITHOUT_POLL);
            });
            status.setRollbackOnly();
            return all;
        });

        assertThat(ids).hasSize(5).allSatisfy(id -> assertThat(queue.find(id)).isPresent());
    }

    @Test
    void losesTheJobWithTheCallersOwnTransaction() {
        var lost = service.getBean(TransactionTemplate.class).execute(status -> {
            status.setRollbackOnly();
            return queue.enqueue(ship());
        });

        assertThat(queue.find(lost)).isEmpty();
    }

    private static int paused() {
        return others.sql("select count(*) from millrace_jobs.paused_queues").query(Integer.class).single();
    }

    private static JobStatus await(UUID id) {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10))
                .until(() -> status(id), status -> status.state() == State.SUCCEEDED);
    }

    /** Not on a snapshot of the caller's. */
    private static JobStatus status(UUID id) {
        try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
            return CompletableFuture.supplyAsync(() -> queue.find(id).orElseThrow(), other).join();
        }
    }

    private static ShipOrder ship() {
        return new ShipOrder(1, "somewhere");
    }
}
