package io.millrace.jobs;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a queue stands. Counts are exact as of one moment, and those of jobs that wait are counted at each look.
 *
 * @param rate
 *            null if it has none
 * @param enqueued
 *            waiting for a worker
 * @param scheduled
 *            waiting for their time, as for another attempt
 * @param oldestEnqueuedAge
 *            how long the one has waited that waits longest; null if none waits. Where other queues have more than a thousand that
 *            wait longer, it is the longest among the hundred that are next in this queue
 * @param processedPerMinute
 *            how many ended SUCCEEDED or failed for good in the last minute, by the statements that said so: to ten seconds
 * @param enqueuedPerMinute
 *            how many were enqueued in the last minute that all processes have written down ({@link io.millrace.jobs.figures.JobFigures}),
 *            which ended some ten seconds ago; those whose time is still to come included
 */
public record QueueStatus(String name, boolean paused, @Nullable QueueRate rate, long enqueued, long processing,
        long scheduled, long failed, @Nullable Duration oldestEnqueuedAge, long processedPerMinute,
        long enqueuedPerMinute) {

    /** One in which nothing is, and was not a minute ago. */
    public static QueueStatus unused(String name) {
        return new QueueStatus(name, false, null, 0, 0, 0, 0, null, 0, 0);
    }

    QueueStatus held(boolean isPaused, @Nullable QueueRate withRate) {
        return new QueueStatus(name, isPaused, withRate, enqueued, processing, scheduled, failed, oldestEnqueuedAge,
                processedPerMinute, enqueuedPerMinute);
    }
}
