package io.millrace.jobs.sample;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Writes each line in a transaction of its own, through the application's pool. */
@Component
public class FillLedgerHandler implements JobHandler<FillLedger, @Nullable Void> {

    private final JdbcClient jdbc;

    FillLedgerHandler(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable Void handle(FillLedger job, JobExecution execution) throws Exception {
        write(job, execution, "began");
        try {
            take(Duration.ofMillis(job.millis()), job.manner());
        } catch (InterruptedException e) {
            write(job, execution, "was stopped");
            // Whatever a handler makes of it: why it stopped, the engine knows.
            throw new IllegalStateException("not finished", e);
        }
        write(job, execution, "done");
        return null;
    }

    /** What a job of JobRunr's own calls. */
    public void rest(long millis) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(millis));
    }

    private static void take(Duration time, String manner) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0) {
            if (manner.equals(FillLedger.SPINNING)) {
                Thread.onSpinWait();
                continue;
            }
            try {
                Thread.sleep(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            } catch (InterruptedException e) {
                if (manner.equals(FillLedger.OBEYING)) {
                    throw e;
                }
            }
        }
    }

    private void write(FillLedger job, JobExecution execution, String what) {
        jdbc.sql("insert into ledger (number, what, attempt, process) values (?, ?, ?, ?)").param(job.number())
                .param(what).param(execution.attempt()).param(ProcessHandle.current().pid()).update();
    }
}
