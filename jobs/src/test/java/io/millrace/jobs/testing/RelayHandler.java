package io.millrace.jobs.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobQueue;

/** Notes where it runs. */
final class RelayHandler implements JobHandler<Relay, @Nullable Void> {

    private final JobQueue queue;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    RelayHandler(JobQueue queue) {
        this.queue = queue;
    }

    @Override
    public @Nullable Void handle(Relay job, JobExecution execution) {
        threads.add(Thread.currentThread());
        MDC.put("relay", job.name());
        if (job.handOver() > 0) {
            queue.enqueue(new Relay(job.name() + "'", job.handOver() - 1), EnqueueOptions.DEFAULTS.withPriority(5));
        }
        return null;
    }

    List<Thread> threads() {
        return threads;
    }
}
