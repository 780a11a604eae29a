package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.util.ReflectionTestUtils;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.BakeBread;
import io.millrace.jobs.sample.BakeBreadHandler;
import io.millrace.jobs.sample.PayBill;
import io.millrace.jobs.sample.PayBillHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** What takes longer than its type may: told to stop, and given up where it does not. */
@TestPropertySource(properties = {"millrace.jobs.worker.concurrency=4",
        "millrace.jobs.types.pay-bill.time-limit=PT0.3S", "millrace.jobs.types.pay-bill.interrupt-grace=PT0.3S"})
@DirtiesContext
class TimeLimitTest extends EmbeddedEngine {

    private static final int SLOTS = 4;

    @Autowired
    BakeBreadHandler handler;
    @Autowired
    PayBillHandler bills;
    @Autowired
    DataSource database;
    @Autowired
    JobStore store;
    @Autowired
    JobWorker worker;

    @BeforeEach
    void closeTheOven() {
        handler.close();
    }

    @AfterEach
    void openTheOven() {
        handler.open();
        Awaitility.await().until(() -> handler.bakers() == 0);
    }

    @Test
    void interruptsWhatIsOverdueAndTriesItAgainAsItsPolicySays() {
        int before = handler.overdue().size();
        var failed = await(bake(1, BakeBread.STOPS_THE_BAKER), State.FAILED);

        assertThat(failed.attempt()).isEqualTo(2);
        assertThat(failed.error()).isEqualTo(new JobStatus.Failure("TimeLimitExceeded",
                "it took longer than PT0.3S and was told to stop"));
        assertThat(handler.overdue().subList(before, handler.overdue().size())).hasSize(1).allSatisfy(
                exceeded -> assertThat(exceeded.getSuppressed()).hasOnlyElementsOfType(InterruptedException.class));
    }

    @Test
    void hasTheTimeOfItsOwnThatItWasEnqueuedWith() {
        var id = queue.enqueue(new BakeBread(6, BakeBread.STOPS_THE_BAKER),
                EnqueueOptions.DEFAULTS.withTimeLimit(Duration.ofMillis(1_200)).withMaxAttempts(1));

        assertThat(await(id, State.FAILED).error()).isEqualTo(new JobStatus.Failure("TimeLimitExceeded",
                "it took longer than PT1.2S and was told to stop"));
    }

    @Test
    void keepsWhatAHandlerReturnsWhenItIsToldToStop() {
        var id = bake(2, BakeBread.BRINGS_THE_BREAD_OUT);

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);

        assertThat(results.find(id).orElseThrow().json()).isEqualTo("{\"number\":2,\"attempt\":1}");
    }

    @Test
    void countsNotTheTimeInWhichItsLastWordsWaitToBeWritten() throws SQLException {
        try (var slow = database.getConnection(); var statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("lock table millrace_jobs.job_progress in exclusive mode");

            var id = bake(5, BakeBread.BRINGS_THE_BREAD_OUT);

            assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
            slow.rollback();
        }
    }

    @Test
    void leavesAPermanentFailureAsItIs() {
        var failed = await(bake(3, BakeBread.FINDS_THE_OVEN_BROKEN), State.FAILED);

        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(failed.error()).isEqualTo(new JobStatus.Failure("PermanentFailure", "the oven is broken"));
    }

    @Test
    void givesUpHandlersThatIgnoreTheInterruptAndKeepsNothingOfThem() {
        var ignoring = IntStream.range(0, SLOTS).mapToObj(number -> bake(10 + number, BakeBread.IS_NOT_HEARD)).toList();
        var after = orders.place(940, "after those that are not heard");

        await(after, State.SUCCEEDED);
        var failed = ignoring.stream().map(id -> await(id, State.FAILED)).toList();

        assertThat(failed).allSatisfy(one -> {
            assertThat(one.attempt()).isEqualTo(2);
            assertThat(String.valueOf(one.error())).contains("TimeLimitExceeded",
                    "was told to stop and has not for PT0.5S");
        });
        assertThat(handler.bakers()).as("handlers that still run").isEqualTo(2 * SLOTS);
        openTheOven();
        assertNothingIsKept(ignoring);
    }

    @Test
    void freesTheSlotOfACancelledJobWhoseHandlerIgnoresTheInterrupt() {
        var ignoring = IntStream.range(0, SLOTS).mapToObj(number -> bake(30 + number, BakeBread.IS_NOT_HEARD))
                .toList();
        Awaitility.await().until(() -> handler.bakers() == SLOTS);

        ignoring.forEach(queue::cancel);

        await(orders.place(942, "after those that were cancelled"), State.SUCCEEDED);
        assertThat(handler.bakers()).as("handlers that still run").isEqualTo(SLOTS);
        openTheOven();
        assertThat(ignoring)
                .allSatisfy(id -> assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED));
    }

    @Test
    void freesTheSlotsOfThoseWhoseJobWasCancelledPutBackAndTakenAgainHere() {
        var ignoring = IntStream.range(0, SLOTS / 2).mapToObj(number -> bake(50 + number, BakeBread.IS_NOT_HEARD))
                .toList();
        Awaitility.await().until(() -> handler.bakers() == SLOTS / 2);

        ignoring.forEach(id -> {
            queue.cancel(id);
            // As the dashboard does.
            var cancelled = store.getJobById(id);
            cancelled.enqueue();
            store.save(cancelled);
        });

        Awaitility.await().until(() -> handler.bakers() >= SLOTS);
        ignoring.forEach(id -> await(id, State.FAILED));
        var server = Objects.requireNonNull((JobServer) ReflectionTestUtils.getField(worker, "server"));
        Awaitility.await().until(() -> server.slots().taken() == 0);
        assertThat(handler.bakers()).as("handlers that still run").isEqualTo(3 * SLOTS / 2);
        assertThat(server.underWay().withReplaced()).isEmpty();
    }

    /** More of them than processors: virtual threads are not pre-empted. */
    @Test
    void givesUpHandlersThatComputeOnAllProcessors() {
        int more = Runtime.getRuntime().availableProcessors() + 1;
        var computing = IntStream.range(0, more)
                .mapToObj(number -> bake(20 + number, BakeBread.IS_NOT_HEARD_FOR_THE_MIXER)).toList();

        computing.forEach(id -> await(id, State.FAILED));
        await(orders.place(941, "beside the mixers"), State.SUCCEEDED);

        assertThat(handler.bakers()).as("handlers that still compute").isEqualTo(2 * more);
        openTheOven();
        assertNothingIsKept(computing);
    }

    @Test
    void leavesNothingOfATransactionThatIsGivenUp() {
        int before = bills.atTheCounter();
        var id = queue.enqueue(new PayBill(940, PayBill.AT_THE_COUNTER, ""));

        assertThat(await(id, State.FAILED).attempt()).isEqualTo(2);

        assertThat(bills.atTheCounter() - before).isEqualTo(2);
        bills.serveOne();
        bills.serveOne();
        // It commits in the same pool after the others have rolled back.
        await(queue.enqueue(new PayBill(941, PayBill.IN_CASH, "")), State.SUCCEEDED);
        Awaitility.await().during(Duration.ofMillis(300)).until(
                () -> jdbc.sql("select count(*) from payments where number = 940").query(Integer.class).single() == 0);
    }

    @Test
    void leavesThoseAloneThatAreInTime() {
        assertThat(await(bake(4, BakeBread.IS_NEVER_RUNG), State.SUCCEEDED).attempt()).isEqualTo(1);
    }

    private void assertNothingIsKept(List<UUID> jobs) {
        assertThat(jobs).allSatisfy(id -> {
            assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.FAILED);
            assertThat(results.find(id)).isEmpty();
        });
    }

    private UUID bake(int number, String bell) {
        return queue.enqueue(new BakeBread(number, bell));
    }
}
