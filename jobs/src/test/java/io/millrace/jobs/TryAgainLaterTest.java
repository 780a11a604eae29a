package io.millrace.jobs;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CallUpstream;
import io.millrace.jobs.sample.CallUpstreamHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A job that cannot run just now costs nothing but time. */
class TryAgainLaterTest extends EmbeddedEngine {

    private static final int OFTEN = 20;

    @Autowired
    CallUpstreamHandler handler;
    @Autowired
    JobStore store;

    @Test
    void costsNoAttemptAndLeavesNothingInTheRow() {
        var id = queue.enqueue(new CallUpstream(100, "slow down"));
        int once = lengthOnceRunMoreThan(2, 100, id);
        int often = lengthOnceRunMoreThan(OFTEN, 100, id);
        handler.mend(100);

        var done = await(id, State.SUCCEEDED);

        assertThat(often - once).as("growth").isLessThan(50);
        assertThat(handler.attempts(100)).hasSizeGreaterThan(OFTEN).containsOnly(1);
        assertThat(handler.calls(100)).as("what the put-off attempts wrote is rolled back").isEqualTo(1);
        assertThat(done.attempt()).isEqualTo(1);
        assertThat(done.error()).isNull();
        assertThat(store.getJobById(id).getJobStates()).extracting(state -> state.getName()).containsExactly(
                StateName.ENQUEUED, StateName.SCHEDULED, StateName.ENQUEUED, StateName.PROCESSING, StateName.SUCCEEDED);
    }

    @Test
    void waitsThatLongByTheDatabasesClock() {
        var id = queue.enqueue(new CallUpstream(101, "tomorrow"));

        var waiting = await(id, State.SCHEDULED);

        assertThat(waiting.attempt()).isZero();
        assertThat(waiting.error()).isNull();
        assertThat(Duration.between(Bells.databaseTime(jdbc), waiting.scheduledAt()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    }

    @Test
    void countsAsTheCauseOfAnotherExceptionButNotOfAPermanentFailure() {
        var within = queue.enqueue(new CallUpstream(102, "slow down, within"));
        Awaitility.await().until(() -> handler.attempts(102).size() > 3);
        handler.mend(102);

        assertThat(await(within, State.SUCCEEDED).attempt()).isEqualTo(1);
        assertThat(await(queue.enqueue(new CallUpstream(103, "stop")), State.FAILED).attempt()).isEqualTo(1);
    }

    @Test
    void freesTheSlotAndTheKeyOfALimitedJob() {
        var options = EnqueueOptions.DEFAULTS.withConcurrencyLimit("put-off", 1);
        var many = IntStream.range(110, 140)
                .mapToObj(number -> queue.enqueue(new CallUpstream(number, "tomorrow"), options))
                .toList();

        many.forEach(id -> await(id, State.SCHEDULED));

        handler.mend(140);
        await(queue.enqueue(new CallUpstream(140, "fine"), options), State.SUCCEEDED);
    }

    @Test
    void isNoLongerThanTenYears() {
        assertThat(new TryAgainLater(Duration.ofDays(3650)).after()).isEqualTo(Duration.ofDays(3650));
        assertThatIllegalArgumentException().isThrownBy(() -> new TryAgainLater(Duration.ofDays(3651)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TryAgainLater(Duration.ofMillis(-1)));
    }

    private int lengthOnceRunMoreThan(int times, int number, UUID id) {
        Awaitility.await().until(() -> handler.attempts(number).size() > times);
        return Awaitility.await().until(() -> jdbc.sql("""
                                                       select length(jobAsJson) from millrace_jobs.jobrunr_jobs
                                                       where id = ? and state = 'SCHEDULED'
                                                       """).param(id.toString()).query(Integer.class).optional(),
                found -> found.isPresent()).orElseThrow();
    }
}
