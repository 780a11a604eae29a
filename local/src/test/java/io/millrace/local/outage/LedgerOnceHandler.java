package io.millrace.local.outage;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.TransactionalJobHandler;

public final class LedgerOnceHandler implements TransactionalJobHandler<LedgerOnce, Integer> {

    private final Ledger ledger;

    public LedgerOnceHandler(JdbcClient jdbc) {
        this.ledger = new Ledger(jdbc);
    }

    @Override
    public Integer handle(LedgerOnce job, JobExecution execution) {
        ledger.write(execution, "once");
        return job.number();
    }
}
