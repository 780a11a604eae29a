package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.storage.JobNotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.util.function.SingletonSupplier;

/**
 * Takes waiting jobs one by one as a worker of this process would, and runs them on the caller's thread. The engine's side of
 * the test kit's {@link io.millrace.jobs.testing.DrainQueue}, and public only for it.
 */
public final class RunWaitingJobs {

    private final Supplier<JobServer> server;
    private final JobWorker worker;
    private final JobStore store;
    private final DueSchedules due;
    private final Supplier<TakeJobs> takers;

    RunWaitingJobs(JobServerFactory servers, JobWorker worker, JobStore store, DueSchedules due, DataSource engine,
            JobsSchema schema, JobWorkerProperties settings, WakeUp wakeUp) {
        this.server = SingletonSupplier.of(servers::newServer);
        this.worker = worker;
        this.store = store;
        this.due = due;
        // A new one each time: it remembers nothing of the last look, where the next job may be in front of it by now.
        this.takers = () -> new TakeJobs(new Transactions(engine),
                new WaitingJobs(schema, QueueSubscription.of(settings.queues())), new StartJobs(schema),
                store.freedKeys(), wakeUp);
    }

    /**
     * Puts what is due by now into the queue, schedules' jobs as well, and runs what may start, until nothing may. An attempt that fails meanwhile is not made
     * again, however soon it is due.
     *
     * @return the jobs, each as it stood after its attempt
     * @throws IllegalStateException
     *             if a worker runs in this process, which would take jobs as well
     */
    public List<JobStatus> upTo(int most) {
        if (worker.isRunning()) {
            throw new IllegalStateException(
                    "a worker runs in this process and takes jobs by itself: set millrace.jobs.worker.auto-start=false");
        }
        store.promoteDueJobs();
        due.enqueue();
        // Back-offs count from the database's time.
        store.untilNextDue();
        var ran = new ArrayList<JobStatus>();
        while (ran.size() < most) {
            var taken = take();
            if (taken.isEmpty()) {
                break;
            }
            run(taken.getFirst());
            ran.add(status(taken.getFirst()));
        }
        return List.copyOf(ran);
    }

    private List<Job> take() {
        try (var slots = server.get().slots().claim()) {
            return takers.get().upTo(1, server.get(), slots, store.rows());
        }
    }

    /** An attempt leaves nothing in its thread's MDC. */
    private void run(Job job) {
        @Nullable
        Map<String, String> before = MDC.getCopyOfContextMap();
        try {
            server.get().processHere(job);
        } finally {
            MDC.setContextMap(before == null ? Map.of() : before);
        }
    }

    private JobStatus status(Job job) {
        try {
            return JobHistory.of(store.getJobById(job.getId())).status();
        } catch (JobNotFoundException e) {
            return JobHistory.of(job).status();
        }
    }
}
