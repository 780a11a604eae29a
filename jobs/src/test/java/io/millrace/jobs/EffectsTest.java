package io.millrace.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoodsHandler;
import io.millrace.jobs.sample.ChargeCard;
import io.millrace.jobs.sample.ChargeCardHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Effects outside Postgres of jobs that are tried again. */
class EffectsTest extends EmbeddedEngine {

    @Autowired
    ChargeCardHandler handler;
    @Autowired
    JobStore store;
    @TempDir
    Path diary;

    @Test
    void areNotRepeatedByTheNextAttemptWhichHasTheirValue() {
        var id = charge(1, ChargeCard.TORN_RECEIPT_AT_FIRST);

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(2);

        assertThat(handler.calls(1)).containsExactly(Effect.of(id, "charge", false));
        assertThat(result(id)).contains("\"key\":\"" + handler.calls(1).getFirst().idempotencyKey() + "\"");
    }

    @Test
    void areInDoubtForTheNextAttemptWhereTheirActionThrew() {
        var id = charge(2, ChargeCard.NO_ANSWER_AT_FIRST);

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(2);

        assertThat(handler.calls(2)).containsExactly(Effect.of(id, "charge", false), Effect.of(id, "charge", true));
    }

    @Test
    void areNotInDoubtWhereTheirActionKnewThatNothingHappened() {
        var id = charge(3, ChargeCard.NO_LINE_AT_FIRST);

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(2);

        assertThat(handler.calls(3)).containsExactly(Effect.of(id, "charge", false), Effect.of(id, "charge", false));
    }

    @Test
    void failTheAttemptWithTheReasonWhyNothingHappened() {
        var id = queue.enqueue(new ChargeCard(4, ChargeCard.NO_LINE_AT_FIRST, ""),
                EnqueueOptions.DEFAULTS.withMaxAttempts(1));

        assertThat(await(id, State.FAILED).error()).isEqualTo(new JobStatus.Failure("ConnectException", "no line"));
    }

    @Test
    void areNotRepeatedByAFailedJobThatIsPutBack() {
        var id = queue.enqueue(new ChargeCard(5, ChargeCard.TORN_RECEIPT_AT_FIRST, ""),
                EnqueueOptions.DEFAULTS.withMaxAttempts(1));
        await(id, State.FAILED);

        queue.retry(id);

        await(id, State.SUCCEEDED);
        assertThat(handler.calls(5)).hasSize(1);
    }

    @Test
    void happenAgainWhereTheJobRunsAgainAfterItHasSucceeded() {
        var id = charge(6, ChargeCard.AT_ONCE);
        await(id, State.SUCCEEDED);

        // As the dashboard does.
        var requeued = store.getJobById(id);
        requeued.enqueue();
        store.save(requeued);

        Awaitility.await().until(() -> handler.calls(6).size() == 2);
        await(id, State.SUCCEEDED);
        assertThat(handler.calls(6)).as("as the first time").containsOnly(Effect.of(id, "charge", false));
    }

    @Test
    void areInDoubtForTheRunThatTakesThePlaceOfOneInTheMiddleOfThem() throws Exception {
        var id = charge(7, ChargeCard.ON_HOLD);
        Awaitility.await().until(() -> handler.calls(7).size() == 1);

        // As a rescuer does who takes its worker for dead.
        store.save(UntakenJob.of(store.getJobById(id)));
        Awaitility.await().until(() -> handler.calls(7).size() == 2);
        Files.createFile(CarryGoodsHandler.gate(diary, 7));

        await(id, State.SUCCEEDED);
        Awaitility.await().until(() -> Files.readString(diary.resolve("diary")).contains("7 was lost"));
        assertThat(handler.calls(7)).containsExactly(Effect.of(id, "charge", false), Effect.of(id, "charge", true));
        assertThat(result(id)).contains("\"number\":7");
    }

    private UUID charge(int number, String how) {
        return queue.enqueue(new ChargeCard(number, how, diary.toString()));
    }

    private String result(UUID id) {
        return results.find(id).orElseThrow().json();
    }
}
