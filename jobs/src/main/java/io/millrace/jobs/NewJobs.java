package io.millrace.jobs;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Makes the row of a job from what its enqueuer says and what its type says otherwise. The database is asked for its time only
 * where a job's has passed by this node's clock.
 */
final class NewJobs {

    private final JobTypes types;
    private final JobPayloads payloads;
    private final Clock clock;
    private final JobSpans spans;

    /**
     * @param spans
     *            says what travels with each job
     */
    NewJobs(JobTypes types, JobPayloads payloads, Clock clock, JobSpans spans) {
        this.types = types;
        this.payloads = payloads;
        this.clock = clock;
        this.spans = spans;
    }

    /** @see JobQueue#enqueue(Job, EnqueueOptions) */
    NewJobRow of(Job<?> job, EnqueueOptions options, Supplier<Instant> databaseTime) {
        var type = types.of(job.getClass());
        payloads.check(type.name(), job);
        return row(type.defaults(), payloads.writePayload(type.name(), job), options, databaseTime);
    }

    /** @see JobQueue#enqueue(String, String, EnqueueOptions) */
    NewJobRow read(String typeName, String payload, EnqueueOptions options, Supplier<Instant> databaseTime) {
        var type = types.offered(typeName);
        var read = payloads.read(typeName, payload, type.payloadType());
        return row(type.defaults(), payloads.writePayload(typeName, read), options, databaseTime);
    }

    /** Of a type that this process does not know, with a payload that nobody here can check: its handler's worker does. */
    NewJobRow unread(TypeDefaults type, String payload, EnqueueOptions options, Supplier<Instant> databaseTime) {
        return row(type, payload, options, databaseTime);
    }

    String typeOf(Job<?> job) {
        return types.of(job.getClass()).name();
    }

    /**
     * For what is read back by name each time.
     *
     * @throws UnknownJobType
     *             if it cannot be queued by that name
     */
    void checkOffered(String typeName) {
        types.offered(typeName);
    }

    private NewJobRow row(TypeDefaults type, String payload, EnqueueOptions options, Supplier<Instant> databaseTime) {
        var limit = options.timeLimit();
        var enqueued = new EnqueuedJob(type.type(), type.version(), chosen(options.queue(), type.queue()),
                chosen(options.priority(), type.priority()), chosen(options.maxAttempts(), type.maxAttempts()),
                limit == null ? null : Long.valueOf(limit.toMillis()), options.enqueuedBy(), spans.traceparent(),
                payload);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID chosen = options.id();
        UUID id = chosen == null ? JobIds.at(now) : chosen;
        var runAt = options.runAt();
        InvalidEnqueueOption.check("runAt", runAt == null || !runAt.isAfter(now.plus(EnqueueOptions.LONGEST)),
                "must be at most 3650 days off");
        // Where this clock is behind, the job is delayed for nothing and put into the queue at once; never is one early.
        boolean later = runAt != null && (runAt.isAfter(now) || runAt.isAfter(databaseTime.get()));
        return new NewJobRow(id, enqueued, options.labels(), options.hasKeys() ? JobIds.createdAt(id, now) : now,
                later ? runAt : null, null,
                options.concurrencyLimit());
    }

    private static <T> T chosen(@Nullable T wanted, T otherwise) {
        return wanted == null ? otherwise : wanted;
    }
}
