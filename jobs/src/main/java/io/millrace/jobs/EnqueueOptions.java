package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What an enqueuer may say of one job beside its payload; null or empty means the job type's default. Start from
 * {@link #DEFAULTS} and use the {@code with} methods.
 *
 * @param id
 *            the job's id; enqueueing the same id again changes nothing
 * @param queue
 *            lower case letters, digits, hyphens and dots, at most 63
 * @param priority
 *            -1000 to 1000, higher first
 * @param runAt
 *            not before this instant; null for at once
 * @param maxAttempts
 *            1 to 100
 * @param labels
 *            at most 3 of at most 45 characters, shown in the dashboard: ids, never personal data
 */
public record EnqueueOptions(@Nullable UUID id, @Nullable String queue, @Nullable Integer priority,
        @Nullable Instant runAt, @Nullable Integer maxAttempts, List<String> labels) {

    static final String QUEUE_NAME = "[a-z0-9][a-z0-9.-]{0,62}";

    /** Everything as the job type says. */
    public static final EnqueueOptions DEFAULTS = new EnqueueOptions(null, null, null, null, null, List.of());

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
        InvalidEnqueueOption.check("priority", priority == null || (priority >= -1000 && priority <= 1000),
                "must be from -1000 to 1000");
        InvalidEnqueueOption.check("maxAttempts", maxAttempts == null || (maxAttempts >= 1 && maxAttempts <= 100),
                "must be from 1 to 100");
        InvalidEnqueueOption.check("labels",
                labels.size() <= 3 && labels.stream().allMatch(label -> label.matches("[\\p{L}\\p{N}:._/-]{1,45}")),
                "must be at most 3 labels of 1 to 45 letters, digits or : . _ / -");
    }

    static void checkQueue(String name) {
        InvalidEnqueueOption.check("queue", name.matches(QUEUE_NAME),
                "must be 1 to 63 lower case letters, digits, dots or hyphens");
    }

    public EnqueueOptions withId(UUID newId) {
        return new EnqueueOptions(newId, queue, priority, runAt, maxAttempts, labels);
    }

    public EnqueueOptions withQueue(String newQueue) {
        return new EnqueueOptions(id, newQueue, priority, runAt, maxAttempts, labels);
    }

    public EnqueueOptions withPriority(int newPriority) {
        return new EnqueueOptions(id, queue, newPriority, runAt, maxAttempts, labels);
    }

    public EnqueueOptions withRunAt(Instant newRunAt) {
        return new EnqueueOptions(id, queue, priority, newRunAt, maxAttempts, labels);
    }

    public EnqueueOptions withMaxAttempts(int newMaxAttempts) {
        return new EnqueueOptions(id, queue, priority, runAt, newMaxAttempts, labels);
    }

    public EnqueueOptions withLabels(List<String> newLabels) {
        return new EnqueueOptions(id, queue, priority, runAt, maxAttempts, newLabels);
    }
}
