package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that is told to stop while it is busy. */
@DirtiesContext
class StopTest extends EmbeddedEngine {

    @Autowired
    JobWorker worker;
    @Autowired
    JobServerFactory servers;
    @Autowired
    JobStore store;
    @Autowired
    ShipOrderHandler handler;
    @Autowired
    TransactionTemplate transactions;

    @RepeatedTest(5)
    void leavesNoJobHalfTaken() {
        var jobs = new ArrayList<UUID>();
        transactions.executeWithoutResult(status -> {
            for (int i = 0; i < 300; i++) {
                jobs.add(queue.enqueue(new ShipOrder(2_000 + i, "around the corner")));
            }
        });
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> handler.running() > 0);

        worker.stop();

        assertThat(jobs).extracting(id -> queue.find(id).orElseThrow().state())
                .isSubsetOf(State.ENQUEUED, State.SUCCEEDED);
        worker.start();
        await(jobs.getLast(), State.SUCCEEDED);
        Awaitility.await().untilAsserted(() -> assertThat(jobs).map(id -> queue.find(id).orElseThrow())
                .allMatch(job -> job.state() == State.SUCCEEDED && job.attempt() == 1, "succeeded at the first try"));
    }

    @Test
    void givesBackWhatItFetchedTooLate() {
        worker.stop();
        var id = queue.enqueue(new ShipOrder(3_000, "somewhere"));
        var server = servers.newServer();
        var fetched = store.getJobsToProcess(server, AmountBasedList.ascOnUpdatedAt(1));
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.PROCESSING);
        server.stop();

        fetched.forEach(server::processJob);

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.ENQUEUED);
        worker.start();
        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
    }
}
