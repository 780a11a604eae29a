package io.millrace.jobs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A job as its row is to be: waiting in the queue, or for its time.
 *
 * @param createdAt
 *            its place in the queue
 * @param runAt
 *            null for one that waits for nothing but a worker
 * @param runAfter
 *            the job that must have ended before this one starts
 * @param limit
 *            how many of its key may run at once
 */
record NewJobRow(UUID id, EnqueuedJob enqueued, List<String> labels, Instant createdAt, @Nullable Instant runAt,
        @Nullable UUID runAfter, @Nullable ConcurrencyLimit limit) {

    /** The version JobRunr gives a job at its first save. */
    static final int FIRST_VERSION = 1;

    NewJobRow {
        labels = labels.stream().distinct().toList();
    }

    String state() {
        return runAt == null ? "ENQUEUED" : "SCHEDULED";
    }

    /** In microseconds, which is what the database keeps; rounded up, as no job is to start early. */
    @Nullable
    Instant dueAt() {
        return runAt == null ? null : runAt.plusNanos(999).truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether its id says when it was created, as its {@link JobListing} place. */
    boolean isPlacedById() {
        return JobIds.isOf(id, createdAt);
    }

    /** As {@link JobQueue#find} tells it until a worker takes it. */
    JobStatus status() {
        return new JobStatus(id, enqueued.type(), enqueued.queue(), enqueued.priority(),
                JobStatus.State.valueOf(state()), 0,
                enqueued.maxAttempts(), createdAt, runAt, null, null, null, null, labels, enqueued.enqueuedBy());
    }

    String json(int version) {
        return JobWriter.write(this, version);
    }

    /** The same job under another id, created at another time. */
    NewJobRow as(UUID otherId, Instant otherCreatedAt) {
        return new NewJobRow(otherId, enqueued, labels, otherCreatedAt, runAt, runAfter, limit);
    }

    NewJobRow after(UUID other) {
        return new NewJobRow(id, enqueued, labels, createdAt, runAt, other, limit);
    }
}
