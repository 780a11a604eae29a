package io.millrace.jobs;

import java.io.IOException;
import java.net.ConnectException;

import org.jobrunr.storage.StorageException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** When an effect may have happened, and when not. */
class EffectsInDoubtTest extends RunsOfOneJob {

    @Test
    void areBegunForEverybodyToSeeBeforeTheActionIsCalled() throws Exception {
        effects.once("charge", effect -> assertThat(stored()).containsExactly("charge: null"));

        assertThat(stored()).containsExactly("charge: true");
    }

    @Test
    void areInDoubtAfterAnyExceptionAndKeepTheirKey() throws Exception {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> effects.once("charge", this::failing));

        effects.once("refund", calls::add);
        inTheNextRun().once("charge", calls::add);

        assertThat(calls).extracting(Effect::mayHaveHappened).containsExactly(false, false, true);
        assertThat(calls.get(2).idempotencyKey()).isEqualTo(calls.get(0).idempotencyKey())
                .isNotEqualTo(calls.get(1).idempotencyKey()).hasSize(36);
    }

    @Test
    void areNotBegunWhereNothingHappened() throws Exception {
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> effects.once("charge", this::notConnecting)).withMessage("refused");
        assertThat(stored()).isEmpty();

        inTheNextRun().once("charge", calls::add);

        assertThat(calls).extracting(Effect::mayHaveHappened).containsExactly(false, false);
    }

    @Test
    void stayInDoubtWhereOnlyTheSecondCallSurelyDidNothing() throws Exception {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> effects.once("charge", this::failing));
        var next = inTheNextRun();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> next.once("charge", this::notConnecting));

        inTheNextRun().once("charge", calls::add);

        assertThat(calls).extracting(Effect::mayHaveHappened).containsExactly(false, true, true);
    }

    @Test
    void areNotWithdrawnByAnOldRunFromTheOneThatIsAtThem() {
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> effects.once("charge", _ -> {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> inTheNextRun().once("charge", this::failing));
            throw new NothingHappened(new ConnectException("refused"));
        }));

        assertThat(stored()).as("what the next run did may have happened").containsExactly("charge: null");
    }

    @Test
    void areWrittenDownInAThreadThatIsInterruptedMeanwhile() throws Exception {
        effects.once("charge", _ -> Thread.currentThread().interrupt());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(stored()).containsExactly("charge: true");
    }

    @Test
    void areWrittenDownWhenTheDatabaseIsBack() throws Exception {
        effects.once("charge", _ -> failing.set(2));

        assertThat(failing).hasValue(0);
        assertThat(stored()).containsExactly("charge: true");
    }

    @Test
    void areInDoubtWhereTheDatabaseStaysAwayAndThatIsSaid() throws Exception {
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> effects.once("charge", _ -> failing.set(Integer.MAX_VALUE)))
                .withMessage("effect 'charge' of job %s has happened, but that could not be written: it is in doubt"
                        .formatted(job.getId()))
                .withStackTraceContaining("the database is away");
        failing.set(0);

        inTheNextRun().once("charge", calls::add);

        assertThat(calls).extracting(Effect::mayHaveHappened).containsExactly(true);
    }

    @Test
    void areNotBegunWithoutTheDatabase() {
        failing.set(1);

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> effects.once("charge", calls::add));

        assertThat(calls).isEmpty();
    }

    @Test
    void failTheJobForGoodWhereTheirValueCannotBeWrittenAndAreInDoubt() throws Exception {
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> effects.once("large", String.class, _ -> "x".repeat(1024 * 1024)))
                .withMessageContaining("is 1048578 bytes of JSON, more than 1048576; it has happened, and is in doubt");
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> effects.once("circle", Circle.class, _ -> new Circle()))
                .withMessageContaining("cannot be written as JSON");
        assertThatExceptionOfType(PermanentFailure.class)
                .isThrownBy(() -> effects.once("half", String.class, _ -> "\ud83d"))
                .withMessageContaining("half a surrogate pair");

        inTheNextRun().once("circle", calls::add);

        assertThat(calls).extracting(Effect::mayHaveHappened).containsExactly(true);
    }
}
