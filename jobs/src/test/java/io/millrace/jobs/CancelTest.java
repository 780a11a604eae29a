package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CallUpstream;
import io.millrace.jobs.sample.CallUpstreamHandler;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that wait or run end at once; others are left alone. */
class CancelTest extends EmbeddedEngine {

    private static final int AGAIN_AND_AGAIN = 40;

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    JobStore store;
    @Autowired
    ShipOrderHandler handler;
    @Autowired
    CallUpstreamHandler upstream;
    @Autowired
    JobWorker worker;
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

    /** Whatever it does at that moment: run, fail, wait or be put off. */
    @ParameterizedTest
    @ValueSource(strings = {"slow down", "out of order"})
    void endsAJobForGoodThatIsTriedAgainAndAgain(String answer) {
        int first = answer.length() * 1_000;
        var ids = IntStream.range(first, first + AGAIN_AND_AGAIN)
                .mapToObj(number -> queue.enqueue(new CallUpstream(number, answer),
                        EnqueueOptions.DEFAULTS.withMaxAttempts(50)))
                .toList();
        Awaitility.await().until(() -> IntStream.range(first, first + AGAIN_AND_AGAIN)
                .allMatch(number -> upstream.attempts(number).size() > 1));

        assertThat(ids).allMatch(queue::cancel);

        var versions = ids.stream().map(id -> store.getJobById(id).getVersion()).toList();
        Awaitility.await().until(() -> underWay().attempts().isEmpty());
        assertThat(ids).allMatch(id -> queue.find(id).orElseThrow().state() == State.DELETED)
                .allMatch(id -> results.find(id).isEmpty());
        assertThat(ids).extracting(id -> store.getJobById(id).getVersion()).isEqualTo(versions);
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

    private JobsUnderWay underWay() {
        return ((JobServer) Objects.requireNonNull(ReflectionTestUtils.getField(worker, "server"))).underWay();
    }
}
