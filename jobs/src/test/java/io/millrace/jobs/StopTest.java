package io.millrace.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoodsHandler;
import io.millrace.jobs.sample.PayBill;
import io.millrace.jobs.sample.PayBillHandler;
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
    PayBillHandler counter;
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
        server.takeNoMore();

        fetched.forEach(server::processJob);

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.ENQUEUED);
        worker.start();
        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
    }

    @Test
    void rollsBackATransactionalJobThatDoesNotFinishAndGivesItBack(@TempDir Path diary) throws Exception {
        worker.stop();
        var id = queue.enqueue(new PayBill(40, PayBill.WAITING_AFTER_THE_WRITE, diary.toString()));

        tellWhileItRuns(id, () -> Files.exists(diary.resolve("diary"))).join();

        assertThat(store.getJobById(id).getJobStates()).extracting(JobState::getName)
                .containsExactly(StateName.ENQUEUED);
        assertThat(payments(40)).isZero();
        Files.createFile(CarryGoodsHandler.gate(diary, 40));
        worker.start();
        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
        assertThat(payments(40)).isEqualTo(1);
    }

    @Test
    void commitsATransactionalJobThatReturnsAfterAll() throws Exception {
        worker.stop();
        int before = counter.atTheCounter();
        var id = queue.enqueue(new PayBill(41, PayBill.AT_THE_COUNTER, ""));

        var run = tellWhileItRuns(id, () -> counter.atTheCounter() == before + 1);
        counter.serveOne();
        run.join();

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
        assertThat(payments(41)).isEqualTo(1);
        worker.start();
    }

    @Test
    void leavesNothingOfATransactionalJobThatIsCancelledAfterThat() throws Exception {
        worker.stop();
        int before = counter.atTheCounter();
        var id = queue.enqueue(new PayBill(42, PayBill.AT_THE_COUNTER, ""));

        var run = tellWhileItRuns(id, () -> counter.atTheCounter() == before + 1);
        queue.cancel(id);
        counter.serveOne();
        run.join();

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(payments(42)).isZero();
        worker.start();
    }

    @Test
    void hearsOfACancelWhileItStops() throws Exception {
        var id = queue.enqueue(new ShipOrder(4_000, "far away"));
        Awaitility.await().until(() -> handler.handled().contains(4_000));
        var stop = Thread.ofPlatform().start(worker::stop);
        Awaitility.await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);

        queue.cancel(id);

        // Otherwise it takes nearly twenty.
        assertThat(stop.join(Duration.ofSeconds(10))).isTrue();
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        worker.start();
    }

    @Test
    void doesNotWaitForTheHandlerOfACancelledJob() throws Exception {
        int before = counter.atTheCounter();
        var id = queue.enqueue(new PayBill(43, PayBill.AT_THE_COUNTER, ""));
        Awaitility.await().until(() -> counter.atTheCounter() == before + 1);
        queue.cancel(id);

        // Its handler hears no interrupt. Otherwise it takes all of twenty seconds.
        assertThat(Thread.ofPlatform().start(worker::stop).join(Duration.ofSeconds(10))).isTrue();

        counter.serveOne();
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        worker.start();
    }

    /** As a worker does that has the job and stops. */
    private Thread tellWhileItRuns(UUID id, Callable<Boolean> runs) {
        var server = servers.newServer();
        var taken = store.getJobsToProcess(server, AmountBasedList.ascOnUpdatedAt(1));
        assertThat(taken).extracting(Job::getId).containsExactly(id);
        var run = Thread.ofVirtual().start(() -> taken.forEach(server::processHere));
        Awaitility.await().until(runs);
        assertThat(server.underWay().attempts()).hasSize(1).allMatch(attempt -> attempt.tell(Attempt.Told.STOPPING));
        return run;
    }

    private int payments(int number) {
        return jdbc.sql("select count(*) from payments where number = ?").param(number).query(Integer.class).single();
    }
}
