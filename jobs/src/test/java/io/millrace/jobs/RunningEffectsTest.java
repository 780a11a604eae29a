package io.millrace.jobs;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.jobs.Attempt.Told;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What the runs of a job know of its effects. */
class RunningEffectsTest extends RunsOfOneJob {

    @Test
    void happenOnceAndAreAnsweredFromThenOn() throws Exception {
        assertThat(effects.once("charge", Receipt.class, this::charge)).isEqualTo(RECEIPT);

        assertThat(effects.once("charge", Receipt.class, this::charge)).isEqualTo(RECEIPT);
        assertThat(inTheNextRun().once("charge", Receipt.class, this::charge)).isEqualTo(RECEIPT);
        assertThat(calls).containsExactly(new Effect(calls.getFirst().idempotencyKey(), false));
    }

    @Test
    void happenOnceAlsoWithoutAValue() throws Exception {
        effects.once("charge", calls::add);
        effects.once("charge", calls::add);

        assertThat(calls).hasSize(1);
    }

    @Test
    void areNotBegunByARunWhoseJobIsAnothers() {
        inTheNextRun();

        assertThatExceptionOfType(JobLost.class).isThrownBy(() -> effects.once("charge", calls::add))
                .withMessageContaining("was given to another run");

        assertThat(attempt.told()).isEqualTo(Told.REPLACED);
        assertThat(calls).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void areNotBegunByARunWhoseJobWasCancelled() {
        change("state = 'DELETED', version = version + 1");

        assertThatExceptionOfType(JobLost.class).isThrownBy(() -> effects.once("charge", calls::add));

        assertThat(attempt.told()).isEqualTo(Told.CANCELLED);
        assertThat(calls).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void waitForWhoTakesTheJobAwayAtThatMomentAndAreNotBegun() throws SQLException {
        try (var rescuer = tables.database.getConnection(); var statement = rescuer.createStatement()) {
            rescuer.setAutoCommit(false);
            statement.executeUpdate("update millrace_jobs.jobrunr_jobs set version = version + 1, state = 'ENQUEUED'");
            var late = CompletableFuture.supplyAsync(() -> ledger.begin(job.getId(), job.getVersion(), "charge"));
            Awaitility.await()
                    .until(() -> tables.jdbc.sql("""
                                                 select exists(select from pg_stat_activity
                                                     where wait_event_type = 'Lock' and query like '%job_effects%')
                                                 """).query(Boolean.class).single());
            assertThat(late).isNotDone();

            rescuer.commit();

            assertThat(late.join()).isEqualTo(new EffectLedger.Lost(Told.REPLACED));
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void areWrittenDownByAnOldRunThatHadThemAndIsLost() throws Exception {
        var next = new ArrayList<Effects>();

        assertThatExceptionOfType(JobLost.class).isThrownBy(() -> effects.once("charge", Receipt.class, effect -> {
            next.add(inTheNextRun());
            return charge(effect);
        }));

        assertThat(attempt.told()).isEqualTo(Told.REPLACED);
        assertThat(next.getFirst().once("charge", Receipt.class, this::charge)).isEqualTo(RECEIPT);
        assertThat(calls).hasSize(1);
        assertThat(Thread.interrupted()).as("nobody runs here").isFalse();
    }

    @Test
    void stayAsTheFirstHasWrittenThem() {
        assertThatExceptionOfType(JobLost.class).isThrownBy(() -> effects.once("charge", Receipt.class, effect -> {
            assertThat(inTheNextRun().once("charge", Receipt.class, this::charge)).isEqualTo(RECEIPT);
            return new Receipt(2);
        }));

        assertThat(calls).extracting(Effect::mayHaveHappened).containsExactly(true);
        assertThat(stored()).containsExactly("charge: {\"number\":1}");
    }

    @Test
    void areNotBegunInAnInterruptedThread() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> effects.once("charge", calls::add));

        assertThat(calls).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void sayWhereTheirValueIsOfAnotherType() throws Exception {
        effects.once("charge", Receipt.class, this::charge);

        assertThatIllegalStateException().isThrownBy(() -> effects.once("charge", Circle.class, _ -> new Circle()))
                .withMessageContaining("the value of effect 'charge'").withMessageContaining("does not fit Circle");
    }

    @Test
    void areOneAtATimeByName() throws Exception {
        effects.once("outer", _ -> {
            effects.once("inner", calls::add);
            assertThatIllegalStateException().isThrownBy(() -> effects.once("outer", calls::add))
                    .withMessageContaining("is under way already");
        });

        assertThat(calls).hasSize(1);
        assertThat(stored()).containsExactlyInAnyOrder("outer: true", "inner: true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0000b", "\ud83d",
            "1234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890x"})
    void haveNamesThatPostgresTakes(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> effects.once(name, calls::add))
                .withMessageContaining("has 1 to 100 characters");

        assertThat(calls).isEmpty();
    }

    @Test
    void mayHaveLongNames() throws Exception {
        effects.once("\u00e4".repeat(100), calls::add);

        assertThat(calls).hasSize(1);
    }
}
