package io.millrace.api.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.millrace.api.http.ProblemException;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobResults;
import io.millrace.jobs.JobStatus;

/**
 * Waits for a result by asking again, seldomer the longer it takes. The wait holds a virtual thread and a socket, but no
 * database connection: each question borrows one for its statement alone.
 */
@Component
final class AwaitResult {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final JobQueue jobQueue;
    private final JobResults results;
    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    AwaitResult(JobQueue jobQueue, JobResults results, Clock clock) {
        this.jobQueue = jobQueue;
        this.results = results;
        this.clock = clock;
    }

    /** A wait must not hold up the end of the process: it is over when that begins. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping.countDown();
    }

    /**
     * The result, or empty if there is none when {@code patience} is over.
     *
     * @throws ProblemException
     *             404, 409 or 410 if there never will be one
     */
    Optional<JobResults.JobResult> await(UUID id, Duration patience) throws InterruptedException {
        Instant deadline = clock.instant().plus(patience);
        Duration pause = FIRST_PAUSE;
        Optional<JobResults.JobResult> result = results.find(id);
        while (result.isEmpty()) {
            JobStatus job = jobQueue.find(id).orElseThrow(JobController::noSuchJob);
            if (job.state().isFinal()) {
                // It may have ended, and its result have been written, since the result was asked for.
                return Optional.of(results.find(id).orElseThrow(() -> withoutResult(job)));
            }
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive() || stopping.await(shorter(pause, left).toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            pause = shorter(pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
        }
        return result;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static ProblemException withoutResult(JobStatus job) {
        return switch (job.state()) {
            case FAILED -> FailedJob.problem(job);
            case DELETED -> ProblemException.gone("The job was deleted; it has no result any more.");
            default -> ProblemException.gone("The result has expired.");
        };
    }
}
