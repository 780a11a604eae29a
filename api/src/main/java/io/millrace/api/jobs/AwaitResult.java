package io.millrace.api.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

import org.springframework.stereotype.Component;

import io.millrace.api.http.ProblemException;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobResults;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobWatch;

/**
 * Waits for a result. The wait holds a virtual thread and a socket, but no database connection: one look at the database is for all
 * who wait. Before and after it, each asks for its own job, few at a time, so that thousands whose jobs end together leave
 * connections to others.
 */
@Component
final class AwaitResult {

    private static final int ASKING_AT_ONCE = 4;

    private final JobQueue jobQueue;
    private final JobResults results;
    private final JobWatch watch;
    private final FollowSettings settings;
    private final Semaphore places;
    private final Semaphore asking = new Semaphore(ASKING_AT_ONCE, true);

    AwaitResult(JobQueue jobQueue, JobResults results, JobWatch watch, FollowSettings settings) {
        this.jobQueue = jobQueue;
        this.results = results;
        this.watch = watch;
        this.settings = settings;
        this.places = new Semaphore(settings.waits());
    }

    /**
     * The result, or empty if there is none when {@code patience} is over, or the process stops.
     *
     * @throws ProblemException
     *             404, 409 or 410 if there never will be one; 503 if too many wait already
     */
    Optional<JobResults.JobResult> await(UUID id, Duration patience) throws InterruptedException {
        if (patience.isZero()) {
            return ask(id);
        }
        if (!places.tryAcquire()) {
            throw ProblemException.unavailable(
                    "As many callers as may be wait for results. Ask without wait, or later.",
                    settings.retryAfter());
        }
        try {
            var result = askInTurn(id);
            return result.isEmpty() && watch.awaitEnd(id, patience) ? askInTurn(id) : result;
        } finally {
            places.release();
        }
    }

    int waiting() {
        return settings.waits() - places.availablePermits();
    }

    private Optional<JobResults.JobResult> askInTurn(UUID id) throws InterruptedException {
        asking.acquire();
        try {
            return ask(id);
        } finally {
            asking.release();
        }
    }

    private Optional<JobResults.JobResult> ask(UUID id) {
        var result = results.find(id);
        if (result.isPresent()) {
            return result;
        }
        JobStatus job = jobQueue.find(id).orElseThrow(JobController::noSuchJob);
        if (!job.state().isFinal()) {
            return Optional.empty();
        }
        // It may have ended, and its result have been written, since the result was asked for.
        return Optional.of(results.find(id).orElseThrow(() -> withoutResult(job)));
    }

    private static ProblemException withoutResult(JobStatus job) {
        return switch (job.state()) {
            case FAILED -> FailedJob.problem(job);
            case DELETED -> ProblemException.gone("The job was deleted; it has no result any more.");
            default -> ProblemException.gone("The result has expired.");
        };
    }
}
