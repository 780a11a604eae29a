package io.millrace.jobs;

import java.time.Duration;
import java.time.format.DateTimeParseException;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * A job type as the engine knows it: its annotation, checked, with the operator's settings laid over it.
 *
 * @param hasResult
 *            whether its handlers return anything to keep: a {@code Job<Void>} has none
 * @param internal
 *            whether it is queued by its record alone, never by its name
 */
record JobDescriptor(String name, int version, Class<? extends Job<?>> payloadType, String queue, int priority,
        int maxAttempts, BackOff backOff, TimeLimit timeLimit, Duration resultTtl, boolean hasResult,
        boolean internal) {

    static JobDescriptor of(Class<? extends Job<?>> payloadType, JobsProperties settings) {
        JobType type = payloadType.getAnnotation(JobType.class);
        if (type == null) {
            throw new UnknownJobType(payloadType.getName() + " has no @JobType: give it a stable name");
        }
        if (!payloadType.isRecord() || !type.name().matches("[a-z][a-z0-9-]{0,79}")) {
            throw new IllegalStateException(payloadType.getName() + ": a job type is a record whose @JobType has a name"
                    + " of lower case letters, digits and hyphens, at most 80");
        }
        checkDefaults(payloadType, type);
        var override = settings.typeSettings(type.name());
        var backOff = new BackOff(chosen(override.backOff(), type.backOff(), type.name()),
                chosen(override.maxBackOff(), type.maxBackOff(), type.name()));
        var limit = new TimeLimit(chosen(override.timeLimit(), type.timeLimit(), type.name()),
                chosen(override.interruptGrace(), type.interruptGrace(), type.name()));
        limit.check(type.name());
        var ttl = type.resultTtl().isEmpty() && override.resultTtl() == null
                ? settings.resultTtl()
                : chosen(override.resultTtl(), type.resultTtl(), type.name());
        var maxAttempts = override.maxAttempts() == null ? type.maxAttempts() : override.maxAttempts();
        return new JobDescriptor(type.name(), type.version(), payloadType, type.queue(), type.priority(), maxAttempts,
                backOff, limit, ttl,
                ResolvableType.forClass(payloadType).as(Job.class).getGeneric(0).resolve() != Void.class,
                type.internal());
    }

    TypeDefaults defaults() {
        return new TypeDefaults(name, version, queue, priority, maxAttempts);
    }

    /** What no enqueuer could ask for, the database would refuse in its transaction, or no worker could name. */
    private static void checkDefaults(Class<?> payloadType, JobType type) {
        try {
            EnqueueOptions.DEFAULTS.withQueue(type.queue()).withPriority(type.priority())
                    .withMaxAttempts(type.maxAttempts());
        } catch (InvalidEnqueueOption e) {
            throw new IllegalStateException(payloadType.getName() + ": its @JobType's " + e.getMessage(), e);
        }
    }

    private static Duration chosen(@Nullable Duration override, String annotated, String type) {
        try {
            return override != null ? override : Duration.parse(annotated);
        } catch (DateTimeParseException e) {
            throw new IllegalStateException("job type " + type + ": " + annotated + " is no ISO 8601 duration", e);
        }
    }
}
