package io.millrace.jobs.testing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jakarta.validation.Validation;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobPayloads;
import io.millrace.jobs.JobStatus.Progress;
import io.millrace.jobs.JobType;
import io.millrace.jobs.PermanentFailure;

/**
 * Runs a handler in a test the way the engine would, without the engine: the payload goes through JSON and its
 * constraints first, and the result through JSON after. After Oban's {@code perform_job}.
 *
 * <pre>{@code
 * Resized resized = PerformJob.with(handler).run(new ResizeImage(id));
 * }</pre>
 *
 * One instance is one attempt at one job; what the handler reported stands in {@link #progress()}, {@link #log()},
 * {@link #checkpoint}, {@link #effectsDone} and {@link #effectsInDoubt} afterwards, also when it failed, for another attempt to go on
 * with ({@link #resumingFrom}, {@link #withEffectDone}, {@link #withEffectInDoubt}). No transaction is opened that the handler does not open itself.
 *
 * @param <J>
 *            the job record
 * @param <R>
 *            the result
 */
public final class PerformJob<J extends Job<R>, R extends @Nullable Object> {

    private final JobHandler<J, R> handler;
    private final RecordedExecution execution;

    private PerformJob(JobHandler<J, R> handler, RecordedExecution execution) {
        this.handler = handler;
        this.execution = execution;
    }

    /** A first attempt at a job with an id of its own. */
    public static <J extends Job<R>, R extends @Nullable Object> PerformJob<J, R> with(JobHandler<J, R> handler) {
        return new PerformJob<>(handler, RecordedExecution.first());
    }

    /** The same, as an attempt at the job of this id. */
    public PerformJob<J, R> as(UUID jobId, int attempt) {
        return new PerformJob<>(handler, execution.as(jobId, attempt));
    }

    /** The same, as an attempt that finds what an earlier one has saved. */
    public PerformJob<J, R> resumingFrom(Object checkpoint) {
        return new PerformJob<>(handler, execution.resumingFrom(checkpoint));
    }

    /** The same, as an attempt that finds an effect done which has no value ({@link JobExecution#effects}). */
    public PerformJob<J, R> withEffectDone(String name) {
        return withEffectDone(name, true);
    }

    /** The same, of one that came to {@code value}. */
    public PerformJob<J, R> withEffectDone(String name, Object value) {
        return new PerformJob<>(handler, execution.withEffect(name, new RecordedEffects.Found(Optional.of(value))));
    }

    /** The same, as an attempt that finds an effect which may have happened, as after a crash in the middle of it. */
    public PerformJob<J, R> withEffectInDoubt(String name) {
        return new PerformJob<>(handler, execution.withEffect(name, new RecordedEffects.Found(Optional.empty())));
    }

    /**
     * Runs the handler with what is left of {@code job} after JSON.
     *
     * @return what is left of its result after JSON
     * @throws AssertionError
     *             if the payload, a checkpoint, the value of an effect or the result is not the same after JSON, or the record has no
     *             {@link JobType}
     * @throws InvalidPayload
     *             if a constraint of the record does not hold, so that nobody could enqueue it
     * @throws PermanentFailure
     *             if the handler does
     * @throws Exception
     *             what else the handler throws
     */
    public R run(J job) throws Exception {
        try (var validation = Validation.buildDefaultValidatorFactory()) {
            var payloads = new JobPayloads(validation.getValidator());
            R result = handle(throughQueue(job, payloads));
            return result == null ? result : throughStore(result, payloads);
        }
    }

    private R handle(J job) throws Exception {
        execution.beginsOn(Thread.currentThread());
        try {
            return handler.handle(job, execution);
        } finally {
            execution.hasEnded();
        }
    }

    /**
     * Cancels this attempt: the handler is interrupted, and {@link JobExecution#isCancelled} is true from now on. From another
     * thread, from what the handler calls, or before {@link #run}: then it is cancelled from its first moment on, which the
     * engine would not run at all. Unlike the engine, {@code run} then still answers what the handler does.
     */
    public void cancel() {
        execution.cancel();
    }

    public UUID jobId() {
        return execution.id();
    }

    /** Every progress it reported, in order; the engine would store only some of them. */
    public List<Progress> progress() {
        return execution.progress();
    }

    /** The lines it logged. */
    public List<String> log() {
        return execution.log();
    }

    /**
     * What it saved last, or resumed from.
     *
     * @throws IllegalStateException
     *             if that does not fit {@code type}, or before the run
     */
    public <T> Optional<T> checkpoint(Class<T> type) {
        return execution.loadCheckpoint(type);
    }

    /**
     * The names of the effects that are done, now or before.
     *
     * @throws IllegalStateException
     *             before the run
     */
    public List<String> effectsDone() {
        return execution.recordedEffects().names(true);
    }

    /**
     * The names of those that are begun and not known to be done, which another attempt finds in doubt.
     *
     * @throws IllegalStateException
     *             before the run
     */
    public List<String> effectsInDoubt() {
        return execution.recordedEffects().names(false);
    }

    @SuppressWarnings("unchecked") // an object's class is a class of its type
    private J throughQueue(J job, JobPayloads payloads) {
        JobType type = job.getClass().getAnnotation(JobType.class);
        if (type == null) {
            throw new AssertionError(job.getClass().getName() + " has no @JobType: give it a stable name");
        }
        execution.begin(type.name(), payloads);
        payloads.check(type.name(), job);
        return same("payload", job, payloads.read(type.name(), payloads.write(job), (Class<J>) job.getClass()));
    }

    @SuppressWarnings("unchecked") // an object's class is a class of its type
    private R throughStore(R result, JobPayloads payloads) {
        var type = (Class<R>) Objects.requireNonNull(result).getClass();
        return same("result", result, payloads.readResult(payloads.write(result), type));
    }

    static <T> T same(String what, T before, T after) {
        if (!before.equals(after)) {
            throw new AssertionError(
                    "the " + what + " does not survive JSON: it was " + before + " and came back as " + after);
        }
        return after;
    }
}
