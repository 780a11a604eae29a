package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;

/**
 * What becomes of a job whose worker died: the first time it goes back to its old place in the queue. After the second it is
 * suspect of killing workers: it comes back after a random time, a worker runs one such job at a time, so that those which
 * only died beside it do not do so again, and the third time it stays FAILED.
 */
final class CrashedJob {

    static final int LAST_CRASH = 3;

    private static final String BEFORE = ", as others did before; it does not run again unless somebody puts it back";
    private static final String ANOTHER_RUNS = "waits until another job that may kill its worker has ended";
    private static final Duration APART = Duration.ofSeconds(30);

    private CrashedJob() {
    }

    /**
     * The same job with the crash, and what comes after it, in its history.
     *
     * @param worker
     *            the name of the one that died
     */
    static Job of(Job running, String worker, Instant now, RandomGenerator random) {
        int crashes = Attempts.of(running).crashes() + 1;
        boolean forGood = crashes >= LAST_CRASH;
        var history = new ArrayList<>(running.getJobStates());
        history.add(crash("worker " + worker + " died while it ran this job" + (forGood ? BEFORE : ""), forGood, now));
        if (crashes == 1) {
            history.add(inItsOldPlace(running, now));
        } else if (!forGood) {
            history.add(new ScheduledState(now.plusMillis(random.nextLong(APART.toMillis())),
                    "worker crash %d of at most %d".formatted(crashes, LAST_CRASH - 1), now));
        }
        return UntakenJob.withHistory(running, history);
    }

    /** How long it had run when its worker was found dead: somewhat longer than it did. */
    static Duration ran(Job crashed) {
        var found = crashed.getJobState().getCreatedAt();
        return crashed.getLastJobStateOfType(ProcessingState.class).map(ProcessingState::getCreatedAt)
                .filter(found::isAfter).map(began -> Duration.between(began, found)).orElse(Duration.ZERO);
    }

    static boolean isSuspect(Job job) {
        return Attempts.of(job).crashes() == LAST_CRASH - 1;
    }

    /** A suspect that was taken while another runs on the same worker, for later. */
    static Job putOff(Job taken, Instant now, RandomGenerator random) {
        var history = UntakenJob.historyWithoutWait(taken, ANOTHER_RUNS);
        history.add(new ScheduledState(now.plusMillis(random.nextLong(APART.toMillis() / 3, APART.toMillis())),
                ANOTHER_RUNS, now));
        return UntakenJob.withHistory(taken, history);
    }

    private static FailedState crash(String message, boolean forGood, Instant now) {
        return new FailedState("Its worker died", WorkerCrashed.class.getName(), message, null, null, "", forGood,
                now);
    }

    /** Its time is its place: JobHistory and JobRunr's dashboard show it as waiting since then, which it has been. */
    private static JobState inItsOldPlace(Job running, Instant now) {
        return new EnqueuedState(
                running.getLastJobStateOfType(EnqueuedState.class).map(EnqueuedState::getCreatedAt).orElse(now));
    }
}
