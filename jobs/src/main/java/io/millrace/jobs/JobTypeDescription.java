package io.millrace.jobs;

import java.time.Duration;

import tools.jackson.databind.JsonNode;

/**
 * A job type as enqueuers see it, with what operators have set for it in this process.
 *
 * @param payload
 *            the JSON Schema (draft 2020-12) of the payload; see {@link JobCatalog}
 * @param maxAttempts
 *            in all, the first included
 * @param backOff
 *            the wait before the second attempt, doubled with each further one
 * @param maxBackOff
 *            no wait is longer
 * @param timeLimit
 *            of one attempt
 */
public record JobTypeDescription(String name, int version, JsonNode payload, String queue, int priority,
        int maxAttempts, Duration backOff, Duration maxBackOff, Duration timeLimit) {
}
