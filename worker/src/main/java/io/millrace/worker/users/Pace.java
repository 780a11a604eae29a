package io.millrace.worker.users;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.millrace.jobs.JobExecution;

/** Tells how far an import is, and how fast. */
final class Pace {

    private static final long LINE_EVERY = TimeUnit.SECONDS.toNanos(10);

    private final JobExecution execution;
    private final long bytes;
    private final long rowsAtStart;
    private final long start = System.nanoTime();
    private long rowsAtLine;
    private long lineAt = start;

    Pace(JobExecution execution, long bytes, ImportState begun) {
        this.execution = execution;
        this.bytes = bytes;
        this.rowsAtStart = begun.rows();
        this.rowsAtLine = begun.rows();
        if (begun.lastRow() > 0) {
            execution.log("Goes on after row " + begun.lastRow() + ".");
        }
    }

    /** After each commit. */
    void is(ImportState state, long bytesRead) {
        execution.progress(Math.min(bytesRead, bytes), bytes);
        long now = System.nanoTime();
        if (now - lineAt >= LINE_EVERY) {
            execution.log(line(state, state.rows() - rowsAtLine, now - lineAt));
            lineAt = now;
            rowsAtLine = state.rows();
        }
    }

    void ended(ImportState state) {
        execution.progress(bytes, bytes);
        execution.log("All read: " + line(state, state.rows() - rowsAtStart, System.nanoTime() - start));
    }

    private static String line(ImportState state, long rows, long nanos) {
        return String.format(Locale.ROOT, "%,d rows, %,d imported, %,d already there, %,d rejected; %,d rows/s",
                state.rows(), state.imported(), state.alreadyThere(), state.rejected(),
                rows * TimeUnit.SECONDS.toNanos(1) / Math.max(nanos, 1));
    }
}
