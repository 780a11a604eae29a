package io.millrace.example;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobType;
import io.millrace.jobs.TransactionalJobHandler;

/** Moves the money of an invoice once. */
@JobType(name = "pay-invoice")
public record PayInvoice(UUID invoice) implements Job<Void> {

    /** What it writes and the end of its job are one transaction. */
    @Component
    static class Handler implements TransactionalJobHandler<PayInvoice, @Nullable Void> {

        private final JdbcClient jdbc;

        Handler(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public @Nullable Void handle(PayInvoice job, JobExecution execution) {
            jdbc.sql("insert into ledger (invoice, cents) select id, cents from invoices where id = ?")
                    .param(job.invoice()).update();
            return null;
        }
    }
}
