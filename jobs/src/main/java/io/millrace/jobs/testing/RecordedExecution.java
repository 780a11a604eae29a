package io.millrace.jobs.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobStatus.Progress;

/** Keeps what the handler says of its attempt. */
final class RecordedExecution implements JobExecution {

    private final UUID jobId;
    private final int attempt;
    private final List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private boolean cancelled;
    private @Nullable Thread running;

    RecordedExecution(UUID jobId, int attempt) {
        this.jobId = jobId;
        this.attempt = attempt;
    }

    @Override
    public UUID jobId() {
        return jobId;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Interrupts the handler, now or as soon as it begins. */
    synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            running.interrupt();
        }
    }

    synchronized void beginsOn(Thread thread) {
        running = thread;
        if (cancelled) {
            thread.interrupt();
        }
    }

    /** By its thread, which no interrupt reaches any more. */
    synchronized void hasEnded() {
        running = null;
        if (cancelled) {
            // The interrupt was meant for the handler.
            Thread.interrupted();
        }
    }

    @Override
    public void progress(long done, long total) {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("progress needs 0 <= done <= total, but was " + done + " of " + total);
        }
        progress.add(new Progress(done, total));
    }

    @Override
    public void log(String line) {
        log.add(line);
    }

    List<Progress> progress() {
        return List.copyOf(progress);
    }

    List<String> log() {
        return List.copyOf(log);
    }
}
