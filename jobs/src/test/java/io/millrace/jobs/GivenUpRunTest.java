package io.millrace.jobs;

import java.time.Clock;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.Attempt.Told;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A run that was taken away from its handler keeps nothing more, although its row says for a moment that it runs. */
class GivenUpRunTest extends RunsOfOneJob {

    private final Checkpoints checkpoints = new Checkpoints(tables.database, tables.schema);

    @Test
    void savesNoCheckpoint() {
        var run = run();
        run.saveCheckpoint(1);
        attempt.tell(Told.OUT_OF_TIME);
        run.saveCheckpoint(2);

        attempt.takeAway();

        assertThatExceptionOfType(JobLost.class).isThrownBy(() -> run.saveCheckpoint(3))
                .withMessageContaining("was given to another run");
        assertThat(checkpoints.load(job.getId())).hasValue("2");
    }

    @Test
    void beginsNoEffect() throws Exception {
        effects.once("weigh", calls::add);
        attempt.tell(Told.STOPPING);

        attempt.takeAway();

        assertThatExceptionOfType(JobLost.class).isThrownBy(() -> effects.once("charge", calls::add));
        assertThat(calls).hasSize(1);
        assertThat(stored()).containsExactly("weigh: true");
    }

    private RunningJob run() {
        var reports = new Reports(new WriteReports(tables.database, tables.schema), Clock.systemUTC());
        return new Executions(reports, checkpoints, ledger, payloads).of(attempt,
                new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"));
    }
}
