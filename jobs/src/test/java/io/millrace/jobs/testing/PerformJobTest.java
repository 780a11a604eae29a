package io.millrace.jobs.testing;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import jakarta.validation.constraints.NotBlank;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobStatus.Progress;
import io.millrace.jobs.JobType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PerformJobTest {

    @Test
    void answersWhatTheHandlerAnswered() throws Exception {
        assertThat(PerformJob.with(new Shouter()).run(new Shout("hello"))).isEqualTo(new Shouted("HELLO", 1));
    }

    @Test
    void tellsTheHandlerWhichAttemptAtWhichJobItIs() throws Exception {
        var id = new UUID(1, 2);

        var third = PerformJob.with(new Shouter()).as(id, 3);

        assertThat(third.run(new Shout("hello"))).isEqualTo(new Shouted("HELLO", 3));
        assertThat(third.log()).containsExactly("shouted for " + id);
    }

    @Test
    void keepsProgressAndLog() throws Exception {
        var performed = PerformJob.with(new Shouter());

        performed.run(new Shout("hello"));

        assertThat(performed.progress()).containsExactly(new Progress(0, 5), new Progress(5, 5));
        assertThat(performed.log()).containsExactly("shouted for " + performed.jobId());
    }

    @Test
    void keepsTheLastCheckpointForAnotherAttempt() throws Exception {
        JobHandler<Count, Integer> handler = (job, execution) -> {
            int last = execution.loadCheckpoint(Mark.class).map(Mark::at).orElse(0);
            execution.saveCheckpoint(new Mark(last + job.by()));
            if (execution.attempt() == 1) {
                throw new IllegalStateException(execution.type() + " is tired");
            }
            return last + job.by();
        };
        var first = PerformJob.with(handler);
        assertThatIllegalStateException().isThrownBy(() -> first.run(new Count(3))).withMessage("count is tired");
        var saved = first.checkpoint(Mark.class).orElseThrow();

        var second = first.as(first.jobId(), 2).resumingFrom(saved);

        assertThat(second.run(new Count(4))).isEqualTo(7);
        assertThat(second.checkpoint(Mark.class)).hasValue(new Mark(7));
    }

    @Test
    void failsForACheckpointThatDoesNotSurviveJsonOrIsTooLargeOrReadAsAnother() {
        JobHandler<Ping, @Nullable Void> forgetful = saving(new Forgetful("kept", "lost"));
        JobHandler<Ping, @Nullable Void> large = saving("x".repeat(1024 * 1024));
        JobHandler<Ping, @Nullable Void> changed = (job, execution) -> {
            execution.saveCheckpoint(new Mark(1));
            assertThat(execution.loadCheckpoint(Ping.class)).isPresent();
            return null;
        };

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PerformJob.with(forgetful).run(new Ping("x")))
                .withMessageContaining("the checkpoint does not survive JSON");
        assertThatIllegalArgumentException().isThrownBy(() -> PerformJob.with(large).run(new Ping("x")))
                .withMessageContaining("is 1048578 bytes of JSON, more than 1048576");
        assertThatIllegalStateException().isThrownBy(() -> PerformJob.with(changed).run(new Ping("x")))
                .withMessageContaining("does not fit Ping: UnrecognizedPropertyException at 'at'");
    }

    private static JobHandler<Ping, @Nullable Void> saving(Object value) {
        return (job, execution) -> {
            execution.saveCheckpoint(value);
            return null;
        };
    }

    @Test
    void refusesAPayloadThatNobodyCouldEnqueue() {
        assertThatExceptionOfType(InvalidPayload.class)
                .isThrownBy(() -> PerformJob.with(new Shouter()).run(new Shout(" ")))
                .satisfies(refused -> assertThat(refused.violations()).extracting(InvalidPayload.Violation::field)
                        .containsExactly("words"));
    }

    @Test
    void failsForAPayloadThatDoesNotSurviveJson() {
        JobHandler<Forgetful, @Nullable Void> handler = nothing();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PerformJob.with(handler).run(new Forgetful("kept", "lost")))
                .withMessageContaining("the payload does not survive JSON").withMessageContaining("lost");
    }

    @Test
    void failsForAResultThatDoesNotSurviveJson() {
        JobHandler<Ask, Forgetful> handler = (job, execution) -> new Forgetful("kept", "lost");

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> PerformJob.with(handler).run(new Ask()))
                .withMessageContaining("the result does not survive JSON");
    }

    @Test
    void failsForARecordWithoutAStableName() {
        JobHandler<Nameless, @Nullable Void> handler = nothing();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> PerformJob.with(handler).run(new Nameless("x")))
                .withMessageContaining("has no @JobType");
    }

    @Test
    void answersNullWhereThereIsNoResult() throws Exception {
        JobHandler<Ping, @Nullable Void> handler = nothing();

        assertThat(PerformJob.with(handler).run(new Ping("x"))).isNull();
    }

    @Test
    void passesOnWhatTheHandlerThrows() {
        JobHandler<Ping, @Nullable Void> handler = (job, execution) -> {
            throw new java.io.IOException("not today");
        };

        assertThatExceptionOfType(java.io.IOException.class)
                .isThrownBy(() -> PerformJob.with(handler).run(new Ping("x"))).withMessage("not today");
    }

    @Test
    void cancelsAHandlerThatBegins() {
        JobHandler<Ping, @Nullable Void> handler = (job, execution) -> {
            new java.util.concurrent.Semaphore(0).acquire();
            return null;
        };
        var performed = PerformJob.with(handler);
        performed.cancel();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> performed.run(new Ping("x")));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cancelsAHandlerThatRuns() throws Exception {
        var performed = new AtomicReference<PerformJob<Ping, @Nullable Void>>();
        var rounds = new AtomicInteger();
        JobHandler<Ping, @Nullable Void> handler = (job, execution) -> {
            while (!execution.isCancelled()) {
                if (rounds.incrementAndGet() == 3) {
                    performed.get().cancel();
                }
            }
            return null;
        };
        performed.set(PerformJob.with(handler));

        assertThat(performed.get().run(new Ping("x"))).isNull();

        assertThat(rounds).hasValue(3);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static <J extends Job<Void>> JobHandler<J, @Nullable Void> nothing() {
        return (job, execution) -> null;
    }

    @JobType(name = "count")
    record Count(int by) implements Job<Integer> {
    }

    record Mark(int at) {
    }

    @JobType(name = "shout")
    record Shout(@NotBlank String words) implements Job<Shouted> {
    }

    record Shouted(String words, int attempt) {
    }

    private static final class Shouter implements JobHandler<Shout, Shouted> {

        @Override
        public Shouted handle(Shout job, JobExecution execution) {
            execution.progress(0, job.words().length());
            execution.progress(job.words().length(), job.words().length());
            execution.log("shouted for " + execution.id());
            return new Shouted(job.words().toUpperCase(java.util.Locale.ROOT), execution.attempt());
        }
    }

    @JobType(name = "ping")
    record Ping(String word) implements Job<Void> {
    }

    @JobType(name = "ask")
    record Ask() implements Job<Forgetful> {
    }

    @JobType(name = "forgetful")
    record Forgetful(String kept, @JsonIgnore @Nullable String lost) implements Job<Void> {
    }

    record Nameless(String word) implements Job<Void> {
    }
}
