package io.millrace.jobs;

import java.io.IOException;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import jakarta.validation.Validation;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The effects of a job's runs, on a database that goes away when it is told to. */
class RunsOfOneJob {

    static final Receipt RECEIPT = new Receipt(1);

    final StoreTables tables = new StoreTables();
    /** How many connections fail. */
    final AtomicInteger failing = new AtomicInteger();
    final EffectLedger ledger = new EffectLedger(new DelegatingDataSource(tables.database) {
        @Override
        public Connection getConnection() throws SQLException {
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new SQLException("the database is away");
            }
            return super.getConnection();
        }
    }, tables.schema);
    final JobPayloads payloads = new JobPayloads(Validation.buildDefaultValidatorFactory().getValidator());
    final Job job = running();
    final Attempt attempt = new Attempt(job);
    final Effects effects = effects(attempt);
    final List<Effect> calls = new ArrayList<>();

    @AfterEach
    void close() {
        tables.close();
    }

    final Receipt charge(Effect effect) {
        calls.add(effect);
        return RECEIPT;
    }

    final void failing(Effect effect) throws IOException {
        calls.add(effect);
        throw new IOException("no answer");
    }

    final void notConnecting(Effect effect) throws NothingHappened {
        calls.add(effect);
        throw new NothingHappened(new ConnectException("refused"));
    }

    /** By name, with their values. */
    final List<String> stored() {
        return tables.jdbc.sql("select name || ': ' || coalesce(value, 'null') from millrace_jobs.job_effects")
                .query((row, _) -> row.getString(1)).list();
    }

    private Job running() {
        var taken = tables.store.save(SealedJob.of(UUID.randomUUID(),
                new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"), new EnqueuedState(), List.of()));
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'PROCESSING'").update();
        return taken;
    }

    /** Takes the job away from whose it is. */
    final Effects inTheNextRun() {
        change("version = version + 2");
        int version = tables.jdbc.sql("select version from millrace_jobs.jobrunr_jobs").query(Integer.class).single();
        return effects(new Attempt(UntakenJob.copy(job, version)));
    }

    private Effects effects(Attempt run) {
        return new RunningEffects(run, ledger, payloads, Duration.ofMillis(500));
    }

    final void change(String set) {
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set " + set).update();
    }

    record Receipt(int number) {
    }

    /** Without an end for Jackson. */
    static final class Circle {

        public Circle getCircle() {
            return this;
        }
    }
}
