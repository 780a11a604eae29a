package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.millrace.jobs.StoreTables;
import io.millrace.jobs.Turns;

/** Who writes, folds and reads figures, on tables of their own. */
final class FigureTables implements AutoCloseable {

    final StoreTables tables = new StoreTables();
    final CountEvents events = new CountEvents(type -> true);
    final AtomicLong nanos = new AtomicLong();
    final WriteFigures write = new WriteFigures(events, tables.database, tables.schema, nanos::get);
    final FoldFigures fold = new FoldFigures(tables.database, tables.schema, Turns.REAL);
    final JobFigures figures = new PostgresJobFigures(tables.database, tables.schema);

    /** For the one that writes. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    long rows(String table) {
        return tables.jdbc.sql("select count(*) from millrace_jobs." + table).query(Long.class).single();
    }

    /** As if all had happened that much earlier. */
    void age(String interval) {
        tables.jdbc.sql("update millrace_jobs.new_job_figures set at = at - ?::interval").param(interval).update();
    }

    @Override
    public void close() {
        tables.close();
    }
}
