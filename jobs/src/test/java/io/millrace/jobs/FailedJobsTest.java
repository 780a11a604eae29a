package io.millrace.jobs;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.WeighGoods;

import static org.assertj.core.api.Assertions.assertThat;

/** Attempts, back-off and what ends a job for good. */
class FailedJobsTest extends EmbeddedEngine {

    /** More of them than the worker has slots. */
    @Test
    void failsForAnErrorInWhatItReturnsAndCostsNoSlot() {
        var heavy = IntStream.range(0, 20).mapToObj(number -> queue.enqueue(new WeighGoods(number))).toList();

        assertThat(heavy).allSatisfy(
                id -> assertThat(String.valueOf(await(id, State.FAILED).error())).contains("StackOverflowError"));
        await(orders.place(930, "after the heavy ones"), State.SUCCEEDED);
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
}
