package io.millrace.local.outage;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

public final class ErrandHandler implements JobHandler<Errand, String> {

    private final Ledger ledger;

    public ErrandHandler(JdbcClient jdbc) {
        this.ledger = new Ledger(jdbc);
    }

    @Override
    public String handle(Errand job, JobExecution execution) throws InterruptedException {
        ledger.write(execution, "errand");
        if (new CountDownLatch(1).await(job.seconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody counts it down");
        }
        var souvenir = new byte[job.souvenir() / 2];
        new SecureRandom().nextBytes(souvenir);
        return HexFormat.of().formatHex(souvenir);
    }
}
