package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.millrace.jobs.ScheduleOptions.MissedRuns;

/**
 * What there is to do for a schedule whose time has come.
 *
 * @param jobs
 *            how many to queue
 * @param next
 *            its first time from now on
 */
record DueRuns(int jobs, Optional<Instant> next) {

    /** However long nobody was there. */
    static final int MOST = 100;

    /**
     * Decides.
     *
     * @param due
     *            the first time that was not dealt with, at or before {@code now}
     * @param missedAfter
     *            how long ago a time must be for its run to be missed
     */
    static DueRuns at(Instant now, Instant due, Recurrence times, Duration missedAfter, MissedRuns policy) {
        var missed = now.minus(missedAfter);
        int jobs = !due.isBefore(missed) || policy == MissedRuns.ALL
                ? count(due, now, times)
                : switch (policy) {
                    case ONCE -> 1;
                    // What is just as old as that is not missed.
                    case SKIP ->
                        times.next(missed.minusNanos(1)).filter(last -> !last.isAfter(now)).isPresent() ? 1 : 0;
                    case ALL -> throw new IllegalStateException("has been counted");
                };
        return new DueRuns(jobs, times.next(now));
    }

    private static int count(Instant due, Instant now, Recurrence times) {
        int count = 0;
        var time = Optional.of(due);
        while (count < MOST && time.isPresent() && !time.get().isAfter(now)) {
            count++;
            time = times.next(time.get());
        }
        return count;
    }
}
