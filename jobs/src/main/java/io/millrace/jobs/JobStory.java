package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One job with everything that is known of it but its payload, as it stood when it was read.
 *
 * @param payloadVersion
 *            0 where it is not known, as of a job that something else has stored
 * @param uniqueKey
 *            if it was the last to come with it, and that is not swept yet
 * @param concurrencyKey
 *            null if it runs under no limit
 * @param runAfter
 *            the job that must end before it starts, or had to; null for nearly all
 * @param traceId
 *            of the trace it was enqueued in; null where there was none
 * @param unreadable
 *            why the stored job cannot be read, so that there are no steps, or only those of its parking; null for nearly all
 * @param steps
 *            oldest first
 * @param log
 *            the newest lines that its runs have said, in order
 * @param result
 *            what its handler returned, as JSON; null if there is none, or none any more
 * @param resultExpiresAt
 *            null where there is no result
 */
public record JobStory(JobStatus job, int payloadVersion, @Nullable String uniqueKey,
        @Nullable String concurrencyKey, @Nullable UUID runAfter, @Nullable String traceId, @Nullable String unreadable,
        List<Step> steps, List<LogLine> log, @Nullable String result, @Nullable Instant resultExpiresAt) {

    public JobStory {
        steps = List.copyOf(steps);
        log = List.copyOf(log);
    }

    /**
     * A state it was in.
     *
     * @param at
     *            since when, by the clock of whoever wrote it down
     * @param took
     *            until the next one, never negative; null for the last
     * @param worker
     *            the name of who ran it; null for all states but PROCESSING
     * @param attempt
     *            the number of the attempt that it belongs to; 0 before the first, and again when it was put back by hand
     * @param error
     *            of FAILED, the message no longer than 4,000 characters
     * @param trace
     *            the stack trace of FAILED, no longer than 16,000 characters; null if there is none
     * @param reason
     *            why it was scheduled or deleted, if somebody has said so
     */
    public record Step(JobStatus.State state, Instant at, @Nullable Duration took, @Nullable String worker, int attempt,
            JobStatus.@Nullable Failure error, @Nullable String trace, @Nullable String reason) {
    }

    /**
     * What a run has said.
     *
     * @param attempt
     *            0 where it is not known
     * @param line
     *            its number in its run, from 1; those between that are missing are not kept
     */
    public record LogLine(int attempt, int line, Instant at, String text) {
    }
}
