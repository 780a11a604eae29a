package io.millrace.local.outage;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

public final class LedgerEntryHandler implements JobHandler<LedgerEntry, Integer> {

    private final Ledger ledger;

    public LedgerEntryHandler(JdbcClient jdbc) {
        this.ledger = new Ledger(jdbc);
    }

    @Override
    public Integer handle(LedgerEntry job, JobExecution execution) {
        ledger.write(execution, "entry");
        return job.number();
    }
}
