package io.millrace.jobs;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CallUpstream;
import io.millrace.jobs.sample.CallUpstreamHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A failed job goes back to the end of its line, one at a time. */
class PutBackTest extends EmbeddedEngine {

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    CallUpstreamHandler handler;
    @Autowired
    JobStore store;
    @Autowired
    JobQueues queues;

    @Test
    void runsAgainWithAllItsAttempts() {
        var id = failed(200, "odd");
        assertThat(handler.attempts(200)).containsExactly(1, 2, 3);

        queue.retry(id);

        Awaitility.await().until(() -> handler.attempts(200).size() == 6);
        assertThat(await(id, State.FAILED).attempt()).isEqualTo(3);
        assertThat(handler.attempts(200)).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void runsAgainWithAllItsAttemptsWhenTheDashboardRequeuesIt() {
        var id = failed(201, "odd");
        var job = store.getJobById(id);
        job.enqueue();

        store.save(job);

        Awaitility.await().until(() -> handler.attempts(201).size() == 6);
        assertThat(await(id, State.FAILED).attempt()).isEqualTo(3);
    }

    @Test
    void succeedsOnceItsReasonIsGone() {
        var id = failed(202, "nobody there");
        handler.mend(202);

        queue.retry(id);

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
        assertThat(results.find(id).orElseThrow().json()).isEqualTo("{\"attempt\":1}");
    }

    @Test
    void staysFailedWhenTheCallersTransactionIsRolledBack() {
        var id = failed(203, "nobody there");
        int version = store.getJobById(id).getVersion();

        transactions.executeWithoutResult(status -> {
            queue.retry(id);
            assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.ENQUEUED);
            status.setRollbackOnly();
        });

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(store.getJobById(id).getVersion()).isEqualTo(version);
        assertThat(handler.attempts(203)).hasSize(1);
    }

    @Test
    void goesBackOnceWhenManyPutItBackAtOnce() {
        queues.pause("upstream");
        try {
            var id = failedElsewhere(204);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var tries = IntStream.range(0, 8)
                        .mapToObj(_ -> CompletableFuture.runAsync(() -> queue.retry(id), threads)).toList();
                var refused = tries.stream().filter(PutBackTest::isRefused).count();
                assertThat(refused).isEqualTo(7);
            }
            assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.ENQUEUED);
            assertThat(store.getJobById(id).getJobStates()).extracting(state -> state.getName())
                    .endsWith(StateName.FAILED, StateName.ENQUEUED);
        } finally {
            queues.resume("upstream");
        }
    }

    @Test
    void saysWhyItCannotBePutBackAndLeavesTheTransactionUsable() {
        var unknown = UUID.randomUUID();
        handler.mend(205);
        var done = queue.enqueue(new CallUpstream(205, "fine"));
        await(done, State.SUCCEEDED);

        var next = transactions.execute(status -> {
            assertThatExceptionOfType(CannotRetry.class).isThrownBy(() -> queue.retry(unknown))
                    .withMessageContaining(unknown.toString())
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(CannotRetry.Reason.UNKNOWN));
            assertThatExceptionOfType(CannotRetry.class).isThrownBy(() -> queue.retry(done))
                    .withMessageContaining("SUCCEEDED")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(CannotRetry.Reason.NOT_FAILED));
            handler.mend(206);
            return queue.enqueue(new CallUpstream(206, "fine"));
        });
        await(next, State.SUCCEEDED);
    }

    @Test
    void leavesARowAloneThatCannotBeRead() {
        var id = failed(207, "nobody there");
        jdbc.sql("update millrace_jobs.jobrunr_jobs set unreadable = 'x' where id = ?").param(id.toString()).update();

        assertThatExceptionOfType(CannotRetry.class).isThrownBy(() -> queue.retry(id))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(CannotRetry.Reason.UNREADABLE));
        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void isRefusedInAReadOnlyTransaction() {
        var id = failed(208, "nobody there");
        var readOnly = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        readOnly.setReadOnly(true);

        assertThatIllegalStateException()
                .isThrownBy(() -> readOnly.executeWithoutResult(status -> queue.retry(id)))
                .withMessageContaining("read-only");
    }

    @Test
    void holdsItsUniqueKeyAgainOnlyWhereNoOtherHasComeWithIt() {
        var key = EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaitingOrRunning("put-back"));
        var first = queue.enqueue(new CallUpstream(209, "nobody there"), key);
        await(first, State.FAILED);
        queues.pause("upstream");
        try {
            queue.retry(first);
            assertThat(queue.enqueue(new CallUpstream(210, "fine"), key)).isEqualTo(first);
            queue.cancel(first);
            var second = queue.enqueue(new CallUpstream(210, "fine"), key);
            assertThat(second).isNotEqualTo(first);
            var lost = failedElsewhere(211);
            queue.retry(lost);
            assertThat(queue.enqueue(new CallUpstream(210, "fine"), key)).isEqualTo(second);
        } finally {
            queues.resume("upstream");
        }
    }

    @Test
    void waitsBehindTheOthersOfItsQueue() {
        queues.pause("upstream");
        try {
            var back = failedElsewhere(212);
            var other = queue.enqueue(new CallUpstream(213, "tomorrow"));
            moveUp(back, "1 hour");
            // The machine may set back its clock meanwhile, by milliseconds.
            moveUp(other, "1 second");
            queue.retry(back);

            assertThat(Stream.of(other, back).map(this::turn)).isSorted();
        } finally {
            queues.resume("upstream");
        }
    }

    private void moveUp(UUID id, String by) {
        jdbc.sql("update millrace_jobs.jobrunr_jobs set updatedAt = updatedAt - ?::interval where id = ?").param(by)
                .param(id.toString()).update();
    }

    private String turn(UUID id) {
        return jdbc.sql("select updatedAt::text from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(String.class).single();
    }

    private static boolean isRefused(CompletableFuture<Void> attempt) {
        try {
            attempt.join();
            return false;
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(CannotRetry.class);
            return true;
        }
    }

    private UUID failed(int number, String answer) {
        var id = queue.enqueue(new CallUpstream(number, answer));
        await(id, State.FAILED);
        return id;
    }

    /** One that no worker here takes: their queue is paused. */
    private UUID failedElsewhere(int number) {
        var id = queue.enqueue(new CallUpstream(number, "fine"));
        FailedRows.fail(jdbc, List.of(id), "java.lang.IllegalStateException");
        return id;
    }
}
