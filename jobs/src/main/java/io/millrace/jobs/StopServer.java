package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a server, and does not wait for a database that is gone: JobRunr takes its leave there, and so do its polls, for as
 * long as the pool lets them wait for a connection. Others find out that this worker is gone by its heartbeat. On threads
 * of the operating system's, as jobs may use up all that carry virtual ones.
 */
final class StopServer {

    private static final Logger LOG = LoggerFactory.getLogger(StopServer.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final Duration DATABASE_ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final JobServer server;
    private final BooleanSupplier databaseAnswers;
    private final Duration jobsMayTake;

    /**
     * @param databaseAnswers
     *            may take its time; an interrupt ends it
     */
    StopServer(JobServer server, BooleanSupplier databaseAnswers) {
        this.server = server;
        this.databaseAnswers = databaseAnswers;
        this.jobsMayTake = server.getConfiguration().getInterruptJobsAwaitDurationOnStopBackgroundJobServer();
    }

    /**
     * Returns when the server has stopped. Without a database it returns within seconds, or, with jobs under way, at the
     * latest when their time is over.
     */
    void stop() {
        long start = System.nanoTime();
        var stopping = Thread.ofPlatform().daemon().name("job-server-stop").start(server::stop);
        try {
            while (!stopping.join(LOOK_AGAIN)) {
                boolean jobsHaveTime = server.getJobSteward().getOccupiedWorkerCount() > 0
                        && System.nanoTime() - start < jobsMayTake.toNanos();
                if (!jobsHaveTime && !databaseAnswersInTime()) {
                    LOG.warn("the database does not answer; leaving without telling it, and jobs that were running will"
                            + " run again elsewhere");
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean databaseAnswersInTime() throws InterruptedException {
        var answers = new AtomicBoolean();
        var asking = Thread.ofPlatform().daemon().name("job-server-stop-asks")
                .start(() -> answers.set(databaseAnswers.getAsBoolean()));
        if (!asking.join(DATABASE_ANSWERS_WITHIN)) {
            asking.interrupt();
        }
        return answers.get();
    }
}
