package io.millrace.jobs;

import java.time.Duration;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** What a worker runs and what its rows say do not stay apart. */
class OwnJobsTest extends EmbeddedEngine {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    JobStore store;
    @Autowired
    JobWorker worker;
    @Autowired
    ShipOrderHandler handler;

    @Test
    void tellTheRunOfADeletedJobToStopAndLeaveItDeleted() {
        var id = queue.enqueue(new ShipOrder(80_001, "far away"));
        Awaitility.await().until(() -> handler.handled().contains(80_001));
        var running = store.getJobById(id);

        running.delete("no longer wanted");
        store.save(running);

        Awaitility.await().atMost(SOON).until(() -> handler.running() == 0);
        // The next one's end comes after that of the interrupted run.
        await(queue.enqueue(new ShipOrder(80_002, "somewhere")), State.SUCCEEDED);
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(store.getJobById(id).getVersion()).isEqualTo(running.getVersion());
        assertThat(handler.handled()).filteredOn(order -> order == 80_001).hasSize(1);
    }

    @Test
    void putBackAJobThatTheWorkerHasTakenAndDoesNotRun() {
        var id = queue.enqueue(new ShipOrder(80_003, "rings until opened"));
        Awaitility.await().until(() -> handler.handled().contains(80_003));
        var server = server();
        // As if the hand-over had been lost.
        server.forget(((JobsUnderWay) server.getJobSteward()).attempts().stream().map(Attempt::job)
                .filter(job -> job.getId().equals(id)).toList());

        server.lookAfterItsJobs();

        Awaitility.await().atMost(SOON)
                .until(() -> handler.handled().stream().filter(order -> order == 80_003).count() == 2);
        handler.openADoor();
        handler.openADoor();
        var done = await(id, State.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(1);
        Awaitility.await().atMost(SOON).until(() -> handler.running() == 0);
    }

    @Test
    void saveASuccessUntilTheDatabaseTakesIt() {
        var id = queue.enqueue(new ShipOrder(80_004, "rings until opened"));
        Awaitility.await().until(() -> handler.handled().contains(80_004));
        jdbc.sql("""
                 create function millrace_jobs.refuse() returns trigger language plpgsql as
                 $$ begin raise exception 'the disk is full'; end $$
                 """).update();
        jdbc.sql("""
                 create trigger refuse before update on millrace_jobs.jobrunr_jobs
                 for each row when (new.id = '%s') execute function millrace_jobs.refuse()
                 """.formatted(id)).update();
        handler.openADoor();
        Awaitility.await().until(() -> handler.running() == 0);
        Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.PROCESSING);

        jdbc.sql("drop trigger refuse on millrace_jobs.jobrunr_jobs").update();

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
        assertThat(results.find(id)).isPresent();
        assertThat(handler.handled()).filteredOn(order -> order == 80_004).hasSize(1);
    }

    private JobServer server() {
        return (JobServer) Objects.requireNonNull(ReflectionTestUtils.getField(worker, "server"));
    }
}
