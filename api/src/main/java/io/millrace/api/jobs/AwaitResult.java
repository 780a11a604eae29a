package io.millrace.api.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.stereotype.Component;

import io.millrace.api.http.LastFailure;
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

    /** For a turn, once a job has ended: however late in its caller's patience that was, the result is there. */
    private static final Duration LEAST_FOR_AN_END = Duration.ofSeconds(5);

    private final JobQueue jobQueue;
    private final JobResults results;
    private final JobWatch watch;
    private final FollowSettings settings;
    private final Semaphore places;
    private final Semaphore asking = new Semaphore(ASKING_AT_ONCE, true);
    /** That a connection is not to be had is nothing of one job's alone. */
    private final LastFailure lastFailure = new LastFailure(CannotGetJdbcConnectionException.class);

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
     *             404, 409 or 410 if there never will be one; 503 if too many wait already, or it could not be asked in time
     *             whether there is such a job
     * @throws DataAccessException
     *             if the database cannot be asked, or could not be meanwhile
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
            long until = System.nanoTime() + patience.toNanos();
            var result = askInTurn(id, patience).orElseThrow(() -> ProblemException.unavailable(
                    "Jobs cannot be looked at in time.", settings.retryAfter()));
            if (result.isPresent() || !watch.awaitEnd(id, left(until))) {
                return result;
            }
            return askInTurn(id, longer(left(until), LEAST_FOR_AN_END)).orElse(result);
        } finally {
            places.release();
        }
    }

    int waiting() {
        return settings.waits() - places.availablePermits();
    }

    private static Duration left(long until) {
        return Duration.ofNanos(Math.max(until - System.nanoTime(), 0));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Empty if it was not its turn in time. */
    private Optional<Optional<JobResults.JobResult>> askInTurn(UUID id, Duration patience)
            throws InterruptedException {
        long askedAt = System.nanoTime();
        if (!asking.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(lastFailure.orLook(askedAt, () -> ask(id)));
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
