package io.millrace.jobs;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.ElectStateFilter;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;

/**
 * Turns a failed attempt into the next one, later, unless the failure is permanent or the attempts are used up. It stands
 * in for JobRunr's own retry filter, which knows neither jitter nor a cap nor job types.
 */
final class BackOffFilter implements ElectStateFilter {

    private final JobTypes types;
    private final InstantSource clock;
    private final RandomGenerator random;

    BackOffFilter(JobTypes types, InstantSource clock, RandomGenerator random) {
        this.types = types;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void onStateElection(Job job, JobState newState) {
        if (newState instanceof FailedState failed && !failed.mustNotRetry()) {
            Envelope.of(job).ifPresent(enqueued -> retryLater(job, enqueued));
        }
    }

    private void retryLater(Job job, EnqueuedJob enqueued) {
        int failures = Attempts.of(job).failures();
        if (failures < enqueued.maxAttempts()) {
            // This worker may rescue a job of a newer one's that crashed, of a type it does not know itself.
            var wait = types.find(enqueued.type()).map(JobDescriptor::backOff).orElse(BackOff.OF_UNKNOWN_TYPES)
                    .afterFailure(failures, random);
            job.scheduleAt(clock.instant().plus(wait),
                    "attempt " + failures + " of " + enqueued.maxAttempts() + " failed, the next in " + wait);
        }
    }
}
