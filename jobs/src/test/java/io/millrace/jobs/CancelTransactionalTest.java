package io.millrace.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.FailedState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.PayBill;
import io.millrace.jobs.sample.PayBillHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** A {@link TransactionalJobHandler} whose job is cancelled leaves nothing in the database (issue 5, 3 and 7). */
class CancelTransactionalTest extends EmbeddedEngine {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int RACES = 200;

    @Autowired
    PayBillHandler handler;
    @Autowired
    JobStore store;
    @Autowired
    JobWorker worker;
    @Autowired
    TransactionTemplate transactions;

    @AfterEach
    void awaitTheEndOfAll() {
        Awaitility.await().atMost(SOON).until(() -> underWay().attempts().isEmpty());
    }

    @Test
    void rollsBackWhatAHandlerWroteThatStopsForIt(@TempDir Path folder) throws IOException {
        var diary = folder.resolve("diary");
        var id = queue.enqueue(new PayBill(901, PayBill.WAITING_AFTER_THE_WRITE, folder.toString()));
        Awaitility.await().atMost(SOON).until(() -> Files.exists(diary));

        assertThat(queue.cancel(id)).isTrue();

        awaitTheEndOfAll();
        assertThat(Files.readAllLines(diary)).as("runs").hasSize(1);
        hasLeftNothing(id, 901);
    }

    @Test
    void rollsBackWhatAHandlerWroteThatIgnoresIt() {
        var id = payAtTheCounter(902, PayBill.AT_THE_COUNTER);

        assertThat(queue.cancel(id)).isTrue();
        handler.serveOne();

        awaitTheEndOfAll();
        hasLeftNothing(id, 902);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsAtItsEndForTheTransactionThatHasCancelledIt(boolean commits) {
        int number = commits ? 903 : 904;
        var id = payAtTheCounter(number, PayBill.AT_THE_COUNTER);

        transactions.executeWithoutResult(status -> {
            assertThat(queue.cancel(id)).isTrue();
            handler.serveOne();
            Awaitility.await().atMost(SOON).until(this::somebodyWaitsForALock);
            if (!commits) {
                status.setRollbackOnly();
            }
        });

        awaitTheEndOfAll();
        if (commits) {
            hasLeftNothing(id, number);
        } else {
            assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
            assertThat(payments(number)).isEqualTo(1);
        }
    }

    @Test
    void isPaidOrCancelledAndNeverBoth() {
        Map<Integer, UUID> paid = new HashMap<>();
        Map<Integer, UUID> cancelled = new HashMap<>();
        for (int number = 1_000; number < 1_000 + RACES; number++) {
            var id = queue.enqueue(new PayBill(number, PayBill.IN_CASH, ""));
            if (number % 3 > 0) {
                while (queue.find(id).orElseThrow().state() == State.ENQUEUED) {
                    Thread.onSpinWait();
                }
            }
            (queue.cancel(id) ? cancelled : paid).put(number, id);
        }

        awaitTheEndOfAll();
        cancelled.forEach((number, id) -> hasLeftNothing(id, number));
        paid.forEach((number, id) -> {
            assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SUCCEEDED);
            assertThat(payments(number)).isEqualTo(1);
        });
        assertThat(paid).isNotEmpty();
        assertThat(cancelled).isNotEmpty();
    }

    /** While it holds its own row, nobody who writes its progress waits for that row, and its end for them. */
    @Test
    void cannotBeCancelledInItsOwnTransaction() throws Exception {
        var id = payAtTheCounter(905, PayBill.CANCELLED_BY_ITSELF_AT_FIRST);

        CompletableFuture.runAsync(underWay()).get(SOON.toSeconds(), TimeUnit.SECONDS);
        handler.serveOne();

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(2);
        assertThat(payments(905)).isEqualTo(1);
        assertThat(store.getJobById(id).getLastJobStateOfType(FailedState.class).orElseThrow().getExceptionMessage())
                .contains("in the transaction of its own handler");
    }

    private UUID payAtTheCounter(int number, String how) {
        int before = handler.atTheCounter();
        var id = queue.enqueue(new PayBill(number, how, ""));
        Awaitility.await().atMost(SOON).until(() -> handler.atTheCounter() == before + 1);
        return id;
    }

    private void hasLeftNothing(UUID id, int number) {
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(payments(number)).isZero();
        assertThat(results.find(id)).isEmpty();
    }

    /** Asked apart, as a transaction sees the same activity until its end. */
    private boolean somebodyWaitsForALock() {
        return CompletableFuture.supplyAsync(() -> jdbc.sql("""
                                                            select exists (select from pg_stat_activity
                                                                where datname = current_database()
                                                                    and wait_event_type = 'Lock')
                                                            """).query(Boolean.class).single()).join();
    }

    private long payments(int number) {
        return jdbc.sql("select count(*) from payments where number = ?").param(number).query(Long.class).single();
    }

    private JobsUnderWay underWay() {
        return ((JobServer) Objects.requireNonNull(ReflectionTestUtils.getField(worker, "server"))).underWay();
    }
}
