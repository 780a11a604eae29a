package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that wait or run end at once; others are left alone. */
class CancelTest extends EmbeddedEngine {

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    JobStore store;
    @Autowired
    ShipOrderHandler handler;
    @Autowired
    Clock clock;

    @Test
    void endsADelayedJobAsDeleted() {
        var id = queue.enqueue(new ShipOrder(1, "somewhere"),
                EnqueueOptions.DEFAULTS.withRunAt(clock.instant().plus(Duration.ofDays(1))));

        assertThat(queue.cancel(id)).isTrue();

        var cancelled = queue.find(id).orElseThrow();
        assertThat(cancelled.state()).isEqualTo(State.DELETED);
        assertThat(cancelled.finishedAt()).isNotNull();
        var stored = store.getJobById(id);
        assertThat(stored.hasState(StateName.DELETED)).isTrue();
        assertThat(stored.getVersion()).isEqualTo(2);
        assertThat(queue.cancel(id)).isFalse();
    }

    @Test
    void keepsAJobThatWasEnqueuedInTheSameTransactionFromRunning() {
        var id = transactions.execute(status -> {
            var enqueued = queue.enqueue(new ShipOrder(70_001, "somewhere"));
            assertThat(queue.cancel(enqueued)).isTrue();
            return enqueued;
        });

        await(queue.enqueue(new ShipOrder(70_002, "somewhere")), State.SUCCEEDED);
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(handler.handled()).doesNotContain(70_001);
    }

    @Test
    void endsARunningJobAsDeletedAndInterruptsItsHandler() {
        var id = queue.enqueue(new ShipOrder(70_003, "rings until opened"));
        Awaitility.await().until(() -> handler.handled().contains(70_003));

        assertThat(queue.cancel(id)).isTrue();

        var cancelled = queue.find(id).orElseThrow();
        assertThat(cancelled.state()).isEqualTo(State.DELETED);
        assertThat(cancelled.finishedAt()).isNotNull();
        Awaitility.await().until(() -> handler.running() == 0);
        assertThat(queue.cancel(id)).isFalse();
        assertThat(store.getJobById(id).getVersion()).isEqualTo(3);
    }

    @Test
    void endsAJobThatWaitsForItsNextAttempt() {
        var id = queue.enqueue(new ShipOrder(70_005, "nobody home"),
                EnqueueOptions.DEFAULTS.withMaxAttempts(50));
        Awaitility.await().until(() -> handler.handled().contains(70_005));

        Awaitility.await().until(
                () -> queue.find(id).orElseThrow().state() == State.SCHEDULED && queue.cancel(id));

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
    }

    @Test
    void leavesAJobAloneThatHasEnded() {
        var id = queue.enqueue(new ShipOrder(70_004, "somewhere"));
        await(id, State.SUCCEEDED);

        assertThat(queue.cancel(id)).isFalse();

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
        assertThat(results.find(id)).isPresent();
    }

    @Test
    void knowsNoJobOfAnUnknownId() {
        assertThat(queue.cancel(UUID.randomUUID())).isFalse();
    }
}
