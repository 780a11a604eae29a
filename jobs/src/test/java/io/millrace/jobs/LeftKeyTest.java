package io.millrace.jobs;

import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** A caller that repeats an enqueueing whose job has ended takes no key from the job that runs. */
class LeftKeyTest extends EmbeddedEngine {

    @Autowired
    ShipOrderHandler handler;

    @Test
    void staysWithTheRunningJobWhenTheNextOnesIdWasThereAlready() {
        var key = UniqueKey.whileWaitingOrRunning("left").withPolicy(UniqueKey.Policy.RUN_AGAIN_AFTER);
        var ended = UUID.randomUUID();
        queue.enqueue(new ShipOrder(56_001, "somewhere"), EnqueueOptions.DEFAULTS.withId(ended));
        await(ended, State.SUCCEEDED);
        var running = queue.enqueue(new ShipOrder(56_002, "rings until opened"),
                EnqueueOptions.DEFAULTS.withUniqueKey(key));
        Awaitility.await().until(() -> handler.handled().contains(56_002));

        assertThat(queue.enqueue(new ShipOrder(56_001, "somewhere"),
                EnqueueOptions.DEFAULTS.withUniqueKey(key).withId(ended))).isEqualTo(ended);

        assertThat(queue.enqueue(new ShipOrder(56_003, "somewhere"),
                EnqueueOptions.DEFAULTS.withUniqueKey(key.withPolicy(UniqueKey.Policy.KEEP)))).isEqualTo(running);
        handler.openADoor();
        await(running, State.SUCCEEDED);
    }
}
