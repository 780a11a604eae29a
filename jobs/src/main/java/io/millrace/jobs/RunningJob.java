package io.millrace.jobs;

import java.util.UUID;
import java.util.function.BooleanSupplier;

import org.jobrunr.jobs.context.JobContext;

/** The execution a handler sees, on JobRunr's context. */
final class RunningJob implements JobExecution {

    private final JobContext context;
    private final int attempt;
    private final Runnable hasSaid;
    private final BooleanSupplier cancelled;

    /**
     * @param hasSaid
     *            to be run after each change of what is shown of it
     * @param cancelled
     *            whether it was told to stop
     */
    RunningJob(JobContext context, int attempt, Runnable hasSaid, BooleanSupplier cancelled) {
        this.context = context;
        this.attempt = attempt;
        this.hasSaid = hasSaid;
        this.cancelled = cancelled;
    }

    @Override
    public UUID jobId() {
        return context.getJobId();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    @Override
    public void progress(long done, long total) {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("progress needs 0 <= done <= total, but was " + done + " of " + total);
        }
        context.progressBar(total).setProgress(total, done, 0);
        hasSaid.run();
    }

    @Override
    public void log(String line) {
        context.logger().info(line);
        hasSaid.run();
    }
}
