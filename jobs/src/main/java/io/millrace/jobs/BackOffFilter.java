package io.millrace.jobs;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.ElectStateFilter;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.jobrunr.utils.exceptions.Exceptions.hasCause;

/**
 * Turns a failed attempt into the next one, later, unless the failure is permanent, the attempts are used up or the handler's
 * {@link RetryPolicy} says otherwise. It stands
 * in for JobRunr's own retry filter, which knows neither jitter nor a cap nor job types.
 */
final class BackOffFilter implements ElectStateFilter {

    private static final Logger LOG = LoggerFactory.getLogger(BackOffFilter.class);

    private final JobTypes types;
    private final JobHandlers handlers;
    private final InstantSource clock;
    private final RandomGenerator random;

    BackOffFilter(JobTypes types, JobHandlers handlers, InstantSource clock, RandomGenerator random) {
        this.types = types;
        this.handlers = handlers;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void onStateElection(Job job, JobState newState) {
        if (newState instanceof FailedState failed && !failed.mustNotRetry()) {
            Envelope.of(job).ifPresent(enqueued -> retryLater(job, enqueued, failed));
        }
    }

    private void retryLater(Job job, EnqueuedJob enqueued, FailedState failed) {
        int failures = Attempts.of(job).failures();
        if (failures >= enqueued.maxAttempts()) {
            return;
        }
        var wait = waitAfter(failures, job, enqueued.type(), failed);
        if (wait != null) {
            job.scheduleAt(clock.instant().plus(wait),
                    "attempt " + failures + " of " + enqueued.maxAttempts() + " failed, the next in " + wait);
        }
    }

    private @Nullable Duration waitAfter(int failures, Job job, String type, FailedState failed) {
        // This worker may rescue a job of a newer one's that crashed, of a type it does not know itself.
        var ofType = types.find(type).map(JobDescriptor::backOff).orElse(BackOff.OF_UNKNOWN_TYPES)
                .afterFailure(failures, random);
        var policy = handlers.retryPolicy(type);
        // Only where the attempt ran is the exception the one that was thrown, and only there has its handler thrown it.
        if (policy.isEmpty() || !WorkerSlots.isOfThisThread()) {
            return ofType;
        }
        try {
            var thrown = failed.getException();
            return isInterrupt(thrown) ? ofType : policy.get().waitAfter(thrown, failures, ofType);
        } catch (Exception | Error e) {
            // JobRunr would swallow it, and the job would stay FAILED.
            LOG.error("the retry policy of {} failed; job {} is tried again in {}, as its type says", type, job.getId(),
                    ofType, e);
            return ofType;
        }
    }

    private static boolean isInterrupt(Exception thrown) {
        return !(thrown instanceof TimeLimitExceeded) && hasCause(thrown, InterruptedException.class);
    }
}
