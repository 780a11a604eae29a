package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that run: when, in which order, and what they leave. */
class RunJobsTest extends EmbeddedEngine {

    @Autowired
    PostgresJobResults storedResults;
    @Autowired
    JobStore store;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    ShipOrderHandler handler;
    @Autowired
    Clock clock;

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
    void neverStartsADelayedJobEarly() {
        var dueAt = clock.instant().plusMillis(1_500);
        var id = queue.enqueue(new ShipOrder(9, "later"), EnqueueOptions.DEFAULTS.withRunAt(dueAt));
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SCHEDULED);
        assertThat(queue.find(id).orElseThrow().scheduledAt()).isEqualTo(dueAt);

        var done = await(id, State.SUCCEEDED);

        assertThat(done.startedAt()).isAfterOrEqualTo(dueAt).isBefore(dueAt.plusSeconds(3));
    }

    @Test
    void startsTheHigherPriorityFirst() {
        var low = new ArrayList<UUID>();
        var high = new ArrayList<UUID>();
        // Nothing can start before all of them are there.
        transactions.executeWithoutResult(status -> {
            for (int i = 0; i < 20; i++) {
                low.add(queue.enqueue(new ShipOrder(100 + i, "low"), EnqueueOptions.DEFAULTS.withPriority(-5)));
                high.add(queue.enqueue(new ShipOrder(200 + i, "high"), EnqueueOptions.DEFAULTS.withPriority(5)));
            }
        });
        low.forEach(id -> await(id, State.SUCCEEDED));
        high.forEach(id -> await(id, State.SUCCEEDED));

        var order = handler.handled().stream().filter(id -> id >= 100 && id < 300).toList();

        assertThat(order.subList(0, 4)).allMatch(id -> id >= 200);
    }

    @Test
    void takesNoMoreJobsThanItMayRunAtOnce() {
        var jobs = transactions.execute(status -> IntStream.range(1_000, 1_400)
                .mapToObj(order -> queue.enqueue(new ShipOrder(order, "around the corner"))).toList());
        var taken = new AtomicLong();

        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2)).until(() -> {
            taken.accumulateAndGet(count("PROCESSING"), Math::max);
            return count("ENQUEUED") + count("PROCESSING") == 0;
        });

        assertThat(jobs).allMatch(id -> queue.find(id).orElseThrow().state() == State.SUCCEEDED);
        assertThat(handler.mostAtOnce()).isBetween(2, 16);
        assertThat(taken).hasValueBetween(1, 16);
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

    @Test
    void forgetsTheResultOfASucceededJobThatRunsAgain() {
        var id = orders.place(310, "rings until opened");
        handler.openADoor();
        await(id, State.SUCCEEDED);
        assertThat(results.find(id)).isPresent();

        var requeued = store.getJobById(id);
        requeued.enqueue();
        store.save(requeued);

        Awaitility.await().until(() -> handler.handled().stream().filter(order -> order == 310).count() == 2);
        var whileItRuns = results.find(id);
        handler.openADoor();
        await(id, State.SUCCEEDED);
        assertThat(whileItRuns).isEmpty();
        assertThat(results.find(id)).isPresent();
    }

    @Test
    void forgetsAResultAfterItsTime() {
        var id = UUID.randomUUID();
        jdbc.sql("""
                 insert into millrace_jobs.job_results (job_id, type, result, expires_at)
                 values (?, 'ship-order', '{}', now() + interval '1 ms')
                 """).param(id).update();

        Awaitility.await().untilAsserted(() -> assertThat(results.find(id)).isEmpty());

        assertThat(storedResults.deleteExpired(Turns.REAL).rows()).isPositive();
        assertThat(
                jdbc.sql("select count(*) from millrace_jobs.job_results where job_id = ?").param(id).query(Long.class)
                        .single())
                .isZero();
    }

    private long count(String state) {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs where state = ?").param(state)
                .query(Long.class).single();
    }
}
