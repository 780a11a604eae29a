package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.json.StrictValues;

/**
 * What an enqueuer may say of one job beside its payload; null or empty means the job type's default. Start from
 * {@link #DEFAULTS} and use the {@code with} methods.
 *
 * @param id
 *            the job's id; enqueueing the same id again changes nothing. Null for one that the engine makes, of version 7, which says when the job
 *            was created, to the microsecond; any other costs an entry more in an index
 * @param queue
 *            lower case letters, digits, hyphens and dots, at most 63
 * @param priority
 *            -1000 to 1000, higher first
 * @param runAt
 *            not before this instant, which is at most 3650 days off; null for at once
 * @param maxAttempts
 *            1 to 100
 * @param timeLimit
 *            how long its handler may run in one attempt, as {@link JobType#timeLimit} says for all jobs of the type; 1 second to
 *            7 days, in whole milliseconds
 * @param labels
 *            at most 3 of at most 45 characters, shown in the dashboard: ids, never personal data
 * @param enqueuedBy
 *            who it is from, such as the id of an API key, never the key itself; 1 to 100 characters, shown with the job
 * @param idempotencyKey
 *            names this one request, whatever its type: for {@code millrace.jobs.idempotency-ttl} the same key with the same
 *            request queues nothing more and answers the first job's id
 * @param uniqueKey
 *            lets at most one job hold a key at a time
 * @param concurrencyLimit
 *            lets at most so many jobs of a key run at once
 */
public record EnqueueOptions(@Nullable UUID id, @Nullable String queue, @Nullable Integer priority,
        @Nullable Instant runAt, @Nullable Integer maxAttempts, @Nullable Duration timeLimit, List<String> labels,
        @Nullable String enqueuedBy, @Nullable IdempotencyKey idempotencyKey, @Nullable UniqueKey uniqueKey,
        @Nullable ConcurrencyLimit concurrencyLimit) {

    static final int LOWEST_PRIORITY = -1000;
    static final int HIGHEST_PRIORITY = 1000;
    static final String QUEUE_NAME = "[a-z0-9][a-z0-9.-]{0,62}";

    /** Everything as the job type says. */
    public static final EnqueueOptions DEFAULTS = new EnqueueOptions(null, null, null, null, null, null, List.of(),
            null, null, null, null);

    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIMIT = Duration.ofDays(7);

    /** No period and no delay is longer. */
    static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * Checks the ranges above.
     *
     * @throws InvalidEnqueueOption
     *             naming the field, if one is out of its range
     */
    public EnqueueOptions {
        labels = List.copyOf(labels);
        if (queue != null) {
            checkQueue(queue);
        }
        InvalidEnqueueOption.check("priority",
                priority == null || (priority >= LOWEST_PRIORITY && priority <= HIGHEST_PRIORITY),
                "must be from -1000 to 1000");
        InvalidEnqueueOption.check("maxAttempts", maxAttempts == null || (maxAttempts >= 1 && maxAttempts <= 100),
                "must be from 1 to 100");
        InvalidEnqueueOption.check("timeLimit", timeLimit == null || isTimeLimit(timeLimit),
                "must be from " + SHORTEST_LIMIT + " to " + LONGEST_LIMIT + ", in whole milliseconds");
        InvalidEnqueueOption.check("enqueuedBy",
                enqueuedBy == null || (!enqueuedBy.isBlank() && enqueuedBy.length() <= 100
                        && StrictValues.isStorable(enqueuedBy)),
                "must be of 1 to 100 characters, without U+0000 or half a surrogate pair");
        InvalidEnqueueOption.check("labels",
                labels.size() <= 3 && labels.stream().allMatch(label -> label.matches("[\\p{L}\\p{N}:._/-]{1,45}")),
                "must be at most 3 labels of 1 to 45 letters, digits or : . _ / -");
    }

    private static boolean isTimeLimit(Duration limit) {
        return limit.compareTo(SHORTEST_LIMIT) >= 0 && limit.compareTo(LONGEST_LIMIT) <= 0
                && limit.equals(limit.truncatedTo(ChronoUnit.MILLIS));
    }

    static void checkQueue(String name) {
        InvalidEnqueueOption.check("queue", name.matches(QUEUE_NAME),
                "must be 1 to 63 lower case letters, digits, dots or hyphens");
    }

    public EnqueueOptions withId(UUID newId) {
        return new EnqueueOptions(newId, queue, priority, runAt, maxAttempts, timeLimit, labels, enqueuedBy,
                idempotencyKey, uniqueKey, concurrencyLimit);
    }

    /**
     * An id that nobody has, for callers who have to tell their job from one that was there before. With a key, and enqueued
     * within a second, the job counts as created at the time of this call, which decides on its place in the queue and in a
     * {@link JobListing}.
     *
     * @param clock
     *            of the enqueuer, whose time the id says, to the microsecond
     */
    public EnqueueOptions withNewId(Clock clock) {
        return withId(JobIds.at(clock.instant()));
    }

    public EnqueueOptions withQueue(String newQueue) {
        return new EnqueueOptions(id, newQueue, priority, runAt, maxAttempts, timeLimit, labels, enqueuedBy,
                idempotencyKey, uniqueKey, concurrencyLimit);
    }

    public EnqueueOptions withPriority(int newPriority) {
        return new EnqueueOptions(id, queue, newPriority, runAt, maxAttempts, timeLimit, labels, enqueuedBy,
                idempotencyKey, uniqueKey, concurrencyLimit);
    }

    public EnqueueOptions withRunAt(Instant newRunAt) {
        return new EnqueueOptions(id, queue, priority, newRunAt, maxAttempts, timeLimit, labels, enqueuedBy,
                idempotencyKey, uniqueKey, concurrencyLimit);
    }

    public EnqueueOptions withMaxAttempts(int newMaxAttempts) {
        return new EnqueueOptions(id, queue, priority, runAt, newMaxAttempts, timeLimit, labels, enqueuedBy,
                idempotencyKey, uniqueKey, concurrencyLimit);
    }

    public EnqueueOptions withTimeLimit(Duration newLimit) {
        return new EnqueueOptions(id, queue, priority, runAt, maxAttempts, newLimit, labels, enqueuedBy, idempotencyKey,
                uniqueKey, concurrencyLimit);
    }

    public EnqueueOptions withLabels(List<String> newLabels) {
        return new EnqueueOptions(id, queue, priority, runAt, maxAttempts, timeLimit, newLabels, enqueuedBy,
                idempotencyKey, uniqueKey, concurrencyLimit);
    }

    public EnqueueOptions withEnqueuedBy(String newEnqueuer) {
        return new EnqueueOptions(id, queue, priority, runAt, maxAttempts, timeLimit, labels, newEnqueuer,
                idempotencyKey, uniqueKey, concurrencyLimit);
    }

    /** A key for which a request is its type and payload. */
    public EnqueueOptions withIdempotencyKey(String newKey) {
        return withIdempotencyKey(new IdempotencyKey(newKey, null));
    }

    public EnqueueOptions withIdempotencyKey(IdempotencyKey newKey) {
        return new EnqueueOptions(id, queue, priority, runAt, maxAttempts, timeLimit, labels, enqueuedBy, newKey,
                uniqueKey, concurrencyLimit);
    }

    public EnqueueOptions withUniqueKey(UniqueKey newKey) {
        return new EnqueueOptions(id, queue, priority, runAt, maxAttempts, timeLimit, labels, enqueuedBy,
                idempotencyKey, newKey, concurrencyLimit);
    }

    /**
     * At most {@code jobs} of the key at once, in the whole cluster.
     *
     * @throws InvalidEnqueueOption
     *             if no {@link ConcurrencyLimit} can be that
     */
    public EnqueueOptions withConcurrencyLimit(String key, int jobs) {
        var newLimit = new ConcurrencyLimit(key, jobs);
        return new EnqueueOptions(id, queue, priority, runAt, maxAttempts, timeLimit, labels, enqueuedBy,
                idempotencyKey, uniqueKey, newLimit);
    }

    boolean hasKeys() {
        return idempotencyKey != null || uniqueKey != null;
    }

    /** Of many jobs in one transaction, taken in the stream's order, callers would block one another for good. */
    void requireNoKeys() {
        InvalidEnqueueOption.check("idempotencyKey", idempotencyKey == null, "cannot be given to one job of many");
        InvalidEnqueueOption.check("uniqueKey", uniqueKey == null, "cannot be given to one job of many");
    }
}
