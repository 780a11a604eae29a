package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which jobs a look takes from which queues; no worker runs unless a test starts it. */
@DirtiesContext
@TestPropertySource(properties = "millrace.jobs.worker.queues=mail=3,files=2,shipping")
class QueuesTest extends EmbeddedEngine {

    @Autowired
    JobQueues queues;
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

    @BeforeEach
    void stopTheWorker() {
        worker.stop();
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
    }

    @AfterEach
    void letAllGoOn() {
        queues.paused().forEach(queues::resume);
    }

    @Test
    void giveEachQueueItsShareOfTheSlots() {
        enqueue("mail", 100);
        var file = enqueue("files", 1);

        assertThat(taken(3)).hasSize(3).containsAll(file);
    }

    @Test
    void leaveTheSlotsThatOneDoesNotNeedToTheOthers() {
        enqueue("files", 2);
        enqueue("shipping", 30);

        // Each of the two is asked first once.
        assertThat(taken(10)).hasSize(10).doesNotHaveDuplicates();
        enqueue("files", 1);
        assertThat(taken(10)).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void takeNoMoreOfAQueueThanItsCap() {
        enqueue("mail", 10);
        enqueue("files", 10);

        assertThat(taken(16)).hasSize(5);
    }

    @Test
    void takeNothingFromQueuesThatTheWorkerDoesNotServe() {
        enqueue("elsewhere", 1);

        assertThat(taken(16)).isEmpty();
    }

    @Test
    void runNoMoreOfAQueueAtOnceThanItsCap() {
        var files = transactions.execute(status -> IntStream.range(6_000, 6_040)
                .mapToObj(order -> queue.enqueue(new ShipOrder(order, "around the corner"),
                        EnqueueOptions.DEFAULTS.withQueue("files")))
                .toList());

        worker.start();

        files.forEach(id -> await(id, State.SUCCEEDED));
        assertThat(handler.mostAtOnce()).isBetween(1, 2);
    }

    @Test
    void comeInTheOrderOfPriorityAndThenOfAge() {
        var jobs = List.of(enqueue("shipping", 0, 1), enqueue("shipping", 5, 2), enqueue("shipping", 0, 3),
                enqueue("shipping", 5, 4), enqueue("shipping", -5, 5));

        assertThat(taken(16)).containsExactly(jobs.get(1), jobs.get(3), jobs.get(0), jobs.get(2), jobs.get(4));
    }

    @Test
    void letAnOldJobOfLowPriorityOvertake() {
        var high = enqueue("shipping", 10, 1);
        var low = enqueue("shipping", 0, 2);
        waitedFor(low, Duration.ofMinutes(9));
        assertThat(taken(1)).containsExactly(high);

        var another = enqueue("shipping", 10, 3);
        waitedFor(low, Duration.ofMinutes(11));

        assertThat(taken(2)).containsExactly(low, another);
    }

    @Test
    void stayWhereTheyAreWhileTheirQueueIsPaused() {
        enqueue("mail", 1);
        var file = enqueue("files", 1);

        queues.pause("mail");

        assertThat(queues.paused()).containsExactly("mail");
        assertThat(taken(16)).containsExactlyElementsOf(file);
    }

    @Test
    void goOnWithinASecondOfTheirQueue() {
        queues.pause("shipping");
        worker.start();
        var id = queue.enqueue(new ShipOrder(7_000, "somewhere"));
        var other = queue.enqueue(new ShipOrder(7_001, "somewhere"), EnqueueOptions.DEFAULTS.withQueue("mail"));
        await(other, State.SUCCEEDED);
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.ENQUEUED);

        queues.resume("shipping");

        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(10))
                .until(() -> queue.find(id).orElseThrow().state() == State.SUCCEEDED);
    }

    @Test
    void areNotPausedByATransactionThatRollsBack() {
        transactions.executeWithoutResult(status -> {
            queues.pause("mail");
            status.setRollbackOnly();
        });

        assertThat(queues.paused()).isEmpty();
    }

    @Test
    void refuseANameThatNoQueueCanHave() {
        assertThatThrownBy(() -> queues.pause("No Queue")).isInstanceOf(InvalidEnqueueOption.class)
                .hasMessageContaining("queue must be");
    }

    private List<UUID> enqueue(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> queue.enqueue(new ShipOrder(i, "somewhere"),
                EnqueueOptions.DEFAULTS.withQueue(name))).toList();
    }

    private UUID enqueue(String name, int priority, int order) {
        return queue.enqueue(new ShipOrder(order, "somewhere"),
                EnqueueOptions.DEFAULTS.withQueue(name).withPriority(priority));
    }

    private void waitedFor(UUID id, Duration time) {
        jdbc.sql("""
                 update millrace_jobs.jobrunr_jobs
                 set updatedAt = (now() at time zone 'utc') - make_interval(secs => ?)
                 where id = ?
                 """).param(time.toSeconds()).param(id.toString()).update();
    }

    private List<UUID> taken(int most) {
        return store.getJobsToProcess(servers.newServer(), AmountBasedList.ascOnUpdatedAt(most)).stream()
                .map(org.jobrunr.jobs.Job::getId).toList();
    }
}
