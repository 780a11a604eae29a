package io.millrace.jobs;

import java.time.Instant;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.ScheduledState;

/** A job whose handler asked for {@link TryAgainLater}. */
final class PostponedJob {

    private static final String REASON = "put off by its handler";

    private PostponedJob() {
    }

    /**
     * The same job without its last state, waiting for its time; of the last time it was put off nothing is left, so that the row
     * does not grow however often that happens.
     *
     * @throws IllegalArgumentException
     *             if it is not being processed
     */
    static Job of(Job taken, Instant now, TryAgainLater wish) {
        var history = UntakenJob.historyWithoutWait(taken, REASON);
        history.add(new ScheduledState(now.plus(wish.after()), reason(wish), now));
        return UntakenJob.withHistory(taken, history);
    }

    private static String reason(TryAgainLater wish) {
        String why = wish.getMessage();
        return REASON + " for " + wish.after() + (why == null ? "" : ": " + why);
    }
}
