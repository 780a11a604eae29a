package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.EnqueuedState;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.PlaceOrder;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The engine in a service that embeds it, on a real Postgres. */
@SpringBootTest(classes = ShopApplication.class, properties = {"millrace.jobs.worker.enabled=true",
        "millrace.jobs.worker.name=the worker"})
class JobEngineTest {

    @Autowired
    JobQueue queue;
    @Autowired
    JobResults results;
    @Autowired
    PostgresJobResults storedResults;
    @Autowired
    PlaceOrder orders;
    @Autowired
    ShipOrderHandler handler;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    Clock clock;
    @Autowired
    JobStore store;
    @Autowired
    DataSource dataSource;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", TestPostgres::newDatabase);
    }

    @Test
    void runsTheJobThatCommittedWithTheRow() {
        var id = orders.place(1, "somewhere");

        var done = await(id, State.SUCCEEDED);

        assertThat(orders.orders(1)).isEqualTo(1);
        assertThat(done.type()).isEqualTo("ship-order");
        assertThat(done.queue()).isEqualTo("shipping");
        assertThat(done.attempt()).isEqualTo(1);
        assertThat(done.maxAttempts()).isEqualTo(3);
        assertThat(done.error()).isNull();
        assertThat(done.progress()).isEqualTo(new JobStatus.Progress(1, 2));
        assertThat(results.find(id).orElseThrow().json()).isEqualTo("{\"orderId\":1,\"attempt\":1}");
    }

    @Test
    void rollsBackTheJobWithTheRow() {
        long before = countJobs();

        assertThatThrownBy(() -> orders.placeThenFail(2)).hasMessage("changed my mind");

        assertThat(orders.orders(2)).isZero();
        assertThat(countJobs()).isEqualTo(before);
    }

    @Test
    void leavesTheCallersWritesAloneWhenTheJobIsThereAlready() {
        var id = UUID.randomUUID();
        orders.placeWithJob(3, id);

        orders.placeWithJob(4, id);

        assertThat(orders.orders(4)).isEqualTo(1);
        await(id, State.SUCCEEDED);
        assertThat(results.find(id).orElseThrow().json()).contains("\"orderId\":3");
    }

    @Test
    void refusesToEnqueueInAReadOnlyTransaction() {
        assertThatThrownBy(() -> orders.placeReadOnly(5)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void triesAgainAfterABackOff() {
        var id = orders.place(6, "at the second ring");

        var done = await(id, State.SUCCEEDED);

        assertThat(done.attempt()).isEqualTo(2);
        assertThat(results.find(id).orElseThrow().json()).isEqualTo("{\"orderId\":6,\"attempt\":2}");
    }

    @Test
    void failsOnceTheAttemptsAreUsedUp() {
        var id = orders.place(7, "nobody home");

        var failed = await(id, State.FAILED);

        assertThat(failed.attempt()).isEqualTo(3);
        assertThat(failed.error()).isEqualTo(new JobStatus.Failure("IllegalStateException", "nobody opened"));
    }

    @Test
    void failsAtOnceWhenTheFailureIsPermanent() {
        var id = orders.place(8, "no such street");

        var failed = await(id, State.FAILED);

        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(failed.error()).isEqualTo(new JobStatus.Failure("PermanentFailure", "the address does not exist"));
        assertThat(results.find(id)).isEmpty();
    }

    @Test
    void neverStartsADelayedJobEarly() {
        var dueAt = clock.instant().plusMillis(1_500);
        var id = queue.enqueue(new ShipOrder(9, "later"), EnqueueOptions.DEFAULTS.withRunAt(dueAt));
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SCHEDULED);
        assertThat(queue.find(id).orElseThrow().scheduledAt()).isEqualTo(dueAt);

        var done = await(id, State.SUCCEEDED);

        assertThat(done.startedAt()).isAfterOrEqualTo(dueAt).isBefore(dueAt.plusSeconds(3));
    }

    @Test
    void parksAJobOfATypeWithoutHandlerAsFailed() {
        var stranded = insert(new EnqueuedJob("gone-type", 1, "default", 0, 3, "{}"));

        var failed = await(stranded, State.FAILED);

        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(String.valueOf(failed.error())).contains("no handler for job type gone-type");
    }

    @Test
    void parksAJobOfANewerPayloadVersionAsFailed() {
        var newer = insert(new EnqueuedJob("ship-order", 2, "default", 0, 3, "{}"));

        assertThat(String.valueOf(await(newer, State.FAILED).error())).contains("of version 2, newer than the 1");
    }

    @Test
    void parksARowThatCannotBeReadAndKeepsWhatItHeld() {
        var broken = UUID.randomUUID();
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type)
                values (?, 1, '{"no": "job', 'x', 'ENQUEUED', now(), now(), 'ship-order')
                """)
                .param(broken.toString()).update();

        var failed = Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions()
                .until(() -> queue.find(broken).orElseThrow(), status -> status.state() == State.FAILED);

        assertThat(failed.type()).isEqualTo("ship-order");
        assertThat(String.valueOf(failed.error())).contains("cannot be read");
        assertThat(jdbc.sql("select unreadable from millrace_jobs.jobrunr_jobs where id = ?").param(broken.toString())
                .query(String.class).single()).isEqualTo("{\"no\": \"job");
        await(orders.place(11, "the queue goes on"), State.SUCCEEDED);
    }

    @Test
    void parksARowWhoseStateItsHistoryDoesNotBear() {
        var id = orders.place(12, "somewhere");
        await(id, State.SUCCEEDED);
        jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'ENQUEUED' where id = ?").param(id.toString())
                .update();

        assertThat(String.valueOf(await(id, State.FAILED).error())).contains("cannot be read");
        await(orders.place(13, "the queue goes on"), State.SUCCEEDED);
    }

    @Test
    void refusesAPriorityOutOfRange() {
        assertThatThrownBy(() -> EnqueueOptions.DEFAULTS.withPriority(Integer.MIN_VALUE))
                .isInstanceOf(InvalidEnqueueOption.class).hasMessageContaining("priority must be from -1000 to 1000");
    }

    @Test
    void startsTheHigherPriorityFirst() {
        var dueAt = clock.instant().plusMillis(300);
        var low = IntStream.range(100, 120)
                .mapToObj(order -> queue.enqueue(new ShipOrder(order, "low"),
                        EnqueueOptions.DEFAULTS.withPriority(-5).withRunAt(dueAt)))
                .toList();
        var high = IntStream.range(200, 220).mapToObj(order -> queue.enqueue(new ShipOrder(order, "high"),
                EnqueueOptions.DEFAULTS.withPriority(5).withRunAt(dueAt))).toList();
        low.forEach(id -> await(id, State.SUCCEEDED));
        high.forEach(id -> await(id, State.SUCCEEDED));

        var order = handler.handled().stream().filter(id -> id >= 100).toList();

        assertThat(order.subList(0, 4)).allMatch(id -> id >= 200);
    }

    @Test
    void refusesAPayloadThatDoesNotFitAndQueuesNothing() {
        long before = countJobs();

        assertThat(violations("{\"orderId\":0,\"address\":\"x\"}")).extracting("field").containsExactly("orderId");
        assertThat(violations("{\"orderId\":1}")).extracting("field").containsExactly("address");
        assertThat(violations("{\"orderId\":\"1\",\"address\":\"x\"}")).extracting("field").containsExactly("orderId");
        assertThat(violations("{\"orderId\":1,\"address\":\"x\",\"more\":1}")).extracting("field")
                .containsExactly("more");
        assertThat(violations("{\"orderId\":1,\"address\":\"a\\u0000b\"}")).extracting("field")
                .containsExactly("address");
        assertThat(violations("[]")).extracting("field").containsExactly("");
        assertThat(violations("{")).extracting("message").first().asString().startsWith("is not JSON");
        assertThatThrownBy(() -> queue.enqueue("no-such-type", "{}", EnqueueOptions.DEFAULTS))
                .isInstanceOf(UnknownJobType.class).hasMessageContaining("ship-order");
        assertThat(countJobs()).isEqualTo(before);
    }

    @Test
    void forgetsAResultAfterItsTime() {
        var id = UUID.randomUUID();
        storedResults.store(id, "ship-order", "{}", Duration.ofMillis(1));

        Awaitility.await().untilAsserted(() -> assertThat(results.find(id)).isEmpty());

        assertThat(storedResults.deleteExpired()).isPositive();
        assertThat(
                jdbc.sql("select count(*) from millrace_jobs.job_results where job_id = ?").param(id).query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void startsAnIdleWorkersJobWithoutWaitingForThePoll() {
        await(queue.enqueue(new ShipOrder(300, "warm-up")), State.SUCCEEDED);
        var waits = IntStream.range(301, 331).mapToObj(order -> {
            var done = await(queue.enqueue(new ShipOrder(order, "now")), State.SUCCEEDED);
            return Duration.between(done.createdAt(), done.startedAt());
        }).toList();

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(2)) < 0, "none waited for the 5 s poll");
    }

    private UUID insert(EnqueuedJob enqueued) {
        var id = UUID.randomUUID();
        var job = Envelope.sealed(id, enqueued, new EnqueuedState(), List.of());
        try (var connection = dataSource.getConnection()) {
            store.insert(connection, job, enqueued);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return id;
    }

    private List<InvalidPayload.Violation> violations(String payload) {
        try {
            queue.enqueue("ship-order", payload, EnqueueOptions.DEFAULTS);
        } catch (InvalidPayload e) {
            return e.violations();
        }
        throw new AssertionError("accepted " + payload);
    }

    private long countJobs() {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs").query(Long.class).single();
    }

    private JobStatus await(UUID id, State state) {
        return Awaitility.await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> queue.find(id).orElseThrow(), status -> status.state() == state);
    }
}
