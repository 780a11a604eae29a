package io.millrace.jobs;

import java.time.Duration;

import org.jobrunr.jobs.Job;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves what became of a run, and waits for the database where it must: nobody else would do it while this worker lives. */
final class SaveUntilKnown {

    private static final Logger LOG = LoggerFactory.getLogger(SaveUntilKnown.class);
    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final JobServer server;
    private final JobStore store;

    SaveUntilKnown(JobServer server, JobStore store) {
        this.server = server;
        this.store = store;
    }

    /**
     * Returns after the commit.
     *
     * @param how
     *            it ended, for the log
     * @return false if the job is another's by now; not where an earlier try, which seemed to fail, may have come through
     * @throws InterruptedException
     *             if the server stopped before
     */
    boolean save(Job changed, String how) throws InterruptedException {
        boolean mayBeSaved = false;
        for (var pause = AGAIN;; pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause) {
            try {
                server.getStorageProvider().save(changed);
                return true;
            } catch (ConcurrentJobModificationException e) {
                LOG.info("job {} {}; its row has changed meanwhile, or says so already, and stays as it is",
                        changed.getId(), how);
                server.lookAfterItsJobs();
                return mayBeSaved;
            } catch (RuntimeException e) {
                mayBeSaved = true;
                LOG.warn("job {} {}, but that could not be saved ({}); trying again in {}", changed.getId(), how,
                        e.toString(), pause);
                server.pauseUnlessStopped(pause);
            }
        }
    }

    /** The same of a job that is to wait until its handler can go on. */
    boolean putOff(Job running, TryAgainLater wish) throws InterruptedException {
        return save(PostponedJob.of(running, store.clock().instant(), wish), "is put off");
    }
}
