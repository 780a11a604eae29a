package io.millrace.jobs;

import java.util.UUID;

import org.jobrunr.jobs.context.JobContext;

/** The execution a handler sees, on JobRunr's context. */
final class RunningJob implements JobExecution {

    private final JobContext context;
    private final int attempt;
    private final Runnable hasSaid;

    /**
     * @param hasSaid
     *            to be run after each change of what is shown of it
     */
    RunningJob(JobContext context, int attempt, Runnable hasSaid) {
        this.context = context;
        this.attempt = attempt;
        this.hasSaid = hasSaid;
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
