package io.millrace.jobs;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** Whom an order to stop reaches. */
class StopOrderTest extends EmbeddedEngine {

    @Autowired
    JobWorker worker;

    @Test
    void isNotLostBetweenTheTakeAndTheHandOver() {
        var underWay = underWay();
        var job = job(2);
        underWay.expect(List.of(job));

        underWay.stop(new StopOrder(job.getId(), 3));

        var attempt = underWay.handOver(job);
        assertThat(attempt.told()).isEqualTo(Attempt.Told.CANCELLED);
        assertThat(attempt.begin(Thread.currentThread())).isFalse();
        underWay.done(attempt);
    }

    @Test
    void leavesARunAloneThatWasTakenLater() {
        var underWay = underWay();
        var again = job(5);
        underWay.expect(List.of(again));

        underWay.stop(new StopOrder(again.getId(), 3));

        var attempt = underWay.handOver(again);
        assertThat(attempt.told()).isNull();
        underWay.done(attempt);
    }

    @Test
    void isReadFromWhatItsSqlWritesAndFromNothingElse() {
        var id = UUID.randomUUID();

        assertThat(StopOrder.read(jdbc.sql("select %s from (select ?::nchar(36) as id, 17 as version) job"
                .formatted(StopOrder.SQL_PAYLOAD)).param(id.toString()).query(String.class).single()))
                .contains(new StopOrder(id, 17));
        assertThat(List.of("", "stop", id.toString(), id + " x", id + " 99999999999", "1-1-1-1-1 2"))
                .allMatch(payload -> StopOrder.read(payload).isEmpty());
    }

    private JobsUnderWay underWay() {
        return ((JobServer) Objects.requireNonNull(ReflectionTestUtils.getField(worker, "server"))).underWay();
    }

    private static Job job(int version) {
        var job = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"),
                new EnqueuedState(), List.of());
        return new Job(job.getId(), version, job.getJobDetails(), job.getJobStates(), new ConcurrentHashMap<>());
    }
}
