package io.millrace.jobs;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.jobrunr.server.BackgroundJobPerformer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the jobs that a server has taken to threads, or back into the queue where they may not start. */
final class StartAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(StartAttempts.class);

    private final JobServer server;
    private final JobStore store;
    private final TellEvents events;
    private final SaveUntilKnown save;
    /** Looked up once, not for each job. */
    private final Supplier<JobRunner> runner;
    private final Consumer<Job> jobRunrs;

    /**
     * @param jobRunrs
     *            has JobRunr run a job that is none of the engine's
     */
    StartAttempts(JobServer server, JobStore store, TellEvents events, Supplier<JobRunner> runner,
            Consumer<Job> jobRunrs) {
        this.server = server;
        this.store = store;
        this.events = events;
        this.save = new SaveUntilKnown(server, store);
        this.runner = runner;
        this.jobRunrs = jobRunrs;
    }

    /** One whose slot is counted. Where it cannot be begun it goes back into the queue soon, and holds up none of the others. */
    void handOver(Job job) {
        try {
            begin(job);
            server.underWay().wasHandedOver();
        } catch (RuntimeException | Error e) {
            LOG.error("job {} was taken and cannot be begun; it goes back into the queue", job.getId(), e);
            server.forget(List.of(job));
        }
    }

    private void begin(Job job) {
        var attempt = server.underWay().handOver(job);
        var atEnd = atEndOf(attempt);
        if (server.isToldToStop()) {
            LOG.debug("job {} goes back into the queue: this worker stops", job.getId());
            giveBack(UntakenJob.of(job), atEnd);
        } else if (!server.underWay().mayBegin(attempt)) {
            LOG.info("job {} waits: another one runs here whose workers died twice", job.getId());
            giveBack(CrashedJob.putOff(job, store.clock().instant(), RandomGenerator.getDefault()), atEnd);
        } else {
            Envelope.of(job).ifPresentOrElse(
                    enqueued -> server.policy().run(enqueued.queue(), atEnd, run(attempt, enqueued)),
                    () -> WorkerSlots.handOver(Envelope.queueOf(job), atEnd, () -> jobRunrs.accept(job)));
        }
    }

    private JobAttempt run(Attempt attempt, EnqueuedJob enqueued) {
        return new JobAttempt(server, runner.get(), attempt, enqueued, save,
                new RunEvents(events, store.clock(), enqueued));
    }

    private Runnable atEndOf(Attempt attempt) {
        var freesKeys = store.freedKeys().atEndOf(attempt.job().getId(), server::isToldToStop);
        return () -> {
            server.underWay().done(attempt);
            freesKeys.run();
        };
    }

    private void giveBack(Job job, Runnable atEnd) {
        boolean saved = false;
        try {
            store.save(job);
            saved = true;
        } catch (RuntimeException e) {
            LOG.warn("job {} could not be given back ({}); trying again soon", job.getId(), e.toString());
        } finally {
            server.slots().release(Envelope.queueOf(job));
            atEnd.run();
        }
        if (!saved) {
            server.lookAfterItsJobs();
        }
    }

    /** The same on the caller's thread; returns when the attempt is over. */
    void runHere(Job job) {
        var attempt = server.underWay().handOver(job);
        Runnable run = Envelope.of(job).<Runnable>map(enqueued -> run(attempt, enqueued))
                .orElseGet(() -> new BackgroundJobPerformer(server, job));
        server.slots().take(Envelope.queueOf(job));
        server.policy().runHere(Envelope.queueOf(job), atEndOf(attempt), run);
    }
}
