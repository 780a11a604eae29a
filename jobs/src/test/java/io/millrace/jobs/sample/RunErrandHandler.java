package io.millrace.jobs.sample;

import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;
import io.millrace.jobs.TryAgainLater;

/** Writes without a transaction of its job's: what it leaves may be there twice, and is never missing. */
@Component
public class RunErrandHandler implements JobHandler<RunErrand, RunErrand.Ran> {

    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final int STEPS = 5;

    private final JdbcClient jdbc;

    RunErrandHandler(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public RunErrand.Ran handle(RunErrand job, JobExecution execution) throws Exception {
        Thread.sleep(job.time());
        switch (job.kind()) {
            case FAILS_ONCE -> {
                if (execution.attempt() == 1) {
                    throw new IllegalStateException("not at the first attempt");
                }
            }
            case PUT_OFF_ONCE -> {
                if (jdbc.sql("insert into put_off values (?) on conflict do nothing").param(job.number())
                        .update() == 1) {
                    throw new TryAgainLater(A_MOMENT);
                }
            }
            case FAILS_FOR_GOOD -> throw new PermanentFailure("never");
            case MANY_STEPS -> goStepByStep(job, execution);
            case AN_EFFECT -> execution.effects().once("happens", effect -> jdbc
                    .sql("insert into happened values (?, ?)").param(job.number()).param(effect.mayHaveHappened())
                    .update());
            case NOTHING -> {
                // it is there at once
            }
        }
        jdbc.sql("insert into errands values (?)").param(job.number()).update();
        return new RunErrand.Ran(job.number(), execution.attempt());
    }

    private void goStepByStep(RunErrand job, JobExecution execution) throws InterruptedException {
        int done = execution.loadCheckpoint(Integer.class).orElse(0);
        jdbc.sql("insert into resumed (number, step) values (?, ?)").param(job.number()).param(done).update();
        for (int step = done + 1; step <= STEPS; step++) {
            Thread.sleep(job.time());
            execution.progress(step, STEPS);
            execution.log("step " + step);
            execution.saveCheckpoint(step);
        }
    }
}
