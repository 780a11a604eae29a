package io.millrace.jobs.sample;

import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.TransactionalJobHandler;

/** Writes, and enqueues what follows, in its job's transaction. */
@Component
public class SettleAccountHandler implements TransactionalJobHandler<SettleAccount, SettleAccount.Settled> {

    private final JdbcClient jdbc;
    private final JobQueue queue;

    SettleAccountHandler(JdbcClient jdbc, JobQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    @Override
    public SettleAccount.Settled handle(SettleAccount job, JobExecution execution) throws InterruptedException {
        jdbc.sql("insert into settlements values (?)").param(job.number()).update();
        if (job.followed()) {
            queue.enqueue(new RunErrand(-job.number(), RunErrand.Kind.NOTHING, Duration.ZERO));
        }
        Thread.sleep(job.time());
        return new SettleAccount.Settled(job.number());
    }
}
