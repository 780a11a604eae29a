package io.millrace.jobs;

import java.util.Optional;
import java.util.UUID;

import org.jobrunr.jobs.context.JobContext;

/** The execution on a server of JobRunr's own, whose tables have no place for checkpoints and effects. */
record JobRunrsExecution(JobContext context, String type) implements JobExecution {

    @Override
    public UUID id() {
        return context.getJobId();
    }

    @Override
    public int attempt() {
        return context.amountOfFailures() + 1;
    }

    @Override
    public boolean isCancelled() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public void progress(long done, long total) {
        Report.check(done, total);
        context.progressBar(total).setProgress(total, done, 0);
    }

    @Override
    public void log(String line) {
        context.logger().info(line);
    }

    @Override
    public void saveCheckpoint(Object value) {
        throw new UnsupportedOperationException("checkpoints need a worker of this engine");
    }

    @Override
    public <T> Optional<T> loadCheckpoint(Class<T> as) {
        return Optional.empty();
    }

    @Override
    public Effects effects() {
        throw new UnsupportedOperationException("effects need a worker of this engine");
    }
}
