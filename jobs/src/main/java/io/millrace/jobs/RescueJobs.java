package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds workers that have died and puts their running jobs back ({@link CrashedJob}); safe on all workers at once. One is
 * dead whose last heartbeat is some seconds old and whose session's lock is free, which Postgres sees to when the process has
 * gone; or one that was not heard of for longer, such as one that is paused or cut off.
 */
final class RescueJobs {

    /** A worker whose connection broke has this time to make another. */
    static final Duration SILENT_WITHOUT_LOCK = Duration.ofMillis(2_500);
    static final Duration SILENT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RescueJobs.class);
    private static final int AT_ONCE = 500;
    /** When a process of its own dies, Postgres starts all of them again but the first, and its statistics anew. */
    private static final String STEADY = """
                                         select greatest(pg_postmaster_start_time(), stats_reset)
                                             < clock_timestamp() - make_interval(secs => ?) from pg_stat_bgwriter
                                         """;

    private final Transactions transactions;
    private final JobStore store;
    private final WakeUp wakeUp;
    private final UUID self;
    private final Duration unowned;
    private final RandomGenerator random;
    private final String silent;
    private final String dead;
    private final String theirs;
    private final String forget;
    private final String nobodys;

    /**
     * @param self
     *            the worker that looks
     * @param unowned
     *            how old the last sign of life of a job must be whose worker is unknown: another version's, or one whose row
     *            has gone while it took jobs
     */
    RescueJobs(WorkerTables tables, JobStore store, UUID self, Duration unowned, RandomGenerator random) {
        this.transactions = new Transactions(tables.engine());
        this.store = store;
        this.wakeUp = tables.wakeUp();
        this.self = self;
        this.unowned = unowned;
        this.random = random;
        String schema = tables.schema().prefix();
        String ofOne = "from %sjobrunr_jobs job where state = 'PROCESSING' and worker = ?".formatted(schema);
        this.silent = """
                      select id, name from %sjob_workers
                      where id <> ? and beat_at < clock_timestamp() - make_interval(secs => ?)
                      """.formatted(schema);
        // Shared, so that those who look at the same time do not take each other for the one they look for.
        this.dead = """
                    select beat_at < clock_timestamp() - make_interval(secs => ?)
                        or number is not null and pg_try_advisory_xact_lock_shared(%s, number)
                    from %sjob_workers
                    where id = ? and beat_at < clock_timestamp() - make_interval(secs => ?)
                    for update skip locked
                    """.formatted(Heartbeat.LOCKS.formatted(schema), schema);
        this.theirs = "select %s %s order by state, updatedAt limit ? for update skip locked"
                .formatted(JobRows.COLUMNS, ofOne);
        this.forget = """
                      with gone as (
                          delete from %1$sjob_workers where id = ? and not exists (select %2$s) returning id, beat_at)
                      update %1$sjob_worker_facts as facts set died_at = gone.beat_at from gone where facts.id = gone.id
                      """.formatted(schema, ofOne);
        this.nobodys = """
                       select %s from %sjobrunr_jobs job
                       where state = 'PROCESSING'
                           and updatedAt < clock_timestamp() at time zone 'UTC' - make_interval(secs => ?)
                           and not exists (select from %2$sjob_workers worker where worker.id = job.worker)
                       order by state, updatedAt
                       limit ?
                       for update of job skip locked
                       """.formatted(JobRows.COLUMNS, schema);
    }

    /** Whether the database has been there for so long that every worker that lives has come back to it since. */
    boolean databaseIsSteady() {
        return transactions.run(RescueJobs::isSteady);
    }

    static boolean isSteady(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(STEADY)) {
            select.setDouble(1, seconds(SILENT));
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /**
     * Looks once at all workers.
     *
     * @param mayTell
     *            whether this one can tell who is dead. Asked again once it has a connection, which it may have waited for until the
     *            database was back
     */
    void ofTheDead(Asked mayTell) {
        of(transactions.run(this::silent), mayTell);
    }

    /** The same if it is only one: several at once may have been cut off, and have their time to come back. */
    void ofTheOneThatIsDead(Asked mayTell) {
        var silentOnes = transactions.run(this::silent);
        if (silentOnes.size() == 1) {
            of(silentOnes, mayTell);
        }
    }

    private void of(List<Worker> silentOnes, Asked mayTell) {
        for (var one : silentOnes) {
            List<Job> batch;
            do {
                batch = transactions.run(connection -> rescue(connection, one, mayTell));
                rescued(batch, one.name);
            } while (batch.size() == AT_ONCE);
        }
    }

    /** Those of no worker that is known. */
    void ofNobody() {
        rescued(transactions.run(connection -> putBack(connection, "of an unknown name", store.rows().select(connection,
                nobodys, select -> {
                    select.setDouble(1, seconds(unowned));
                    select.setInt(2, AT_ONCE);
                }))), "of an unknown name");
    }

    private void rescued(List<Job> jobs, String name) {
        if (!jobs.isEmpty()) {
            LOG.warn("worker {} died; {} jobs that it ran go on elsewhere", name, jobs.size());
            wakeUp.workers();
            wakeUp.events().crashed(jobs);
        }
    }

    private List<Worker> silent(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(silent)) {
            select.setObject(1, self);
            select.setDouble(2, seconds(SILENT_WITHOUT_LOCK));
            var found = new ArrayList<Worker>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Worker(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
            return found;
        }
    }

    /** While this holds its row, the worker's next heartbeat waits. */
    private List<Job> rescue(Connection connection, Worker worker, Asked mayTell) throws SQLException {
        if (!isDead(connection, worker) || !mayTell.on(connection)) {
            return List.of();
        }
        var found = store.rows().select(connection, theirs, select -> {
            select.setObject(1, worker.id);
            select.setInt(2, AT_ONCE);
        });
        var rescued = putBack(connection, worker.name, found);
        try (var delete = connection.prepareStatement(forget)) {
            delete.setObject(1, worker.id);
            delete.setObject(2, worker.id);
            delete.executeUpdate();
        }
        return rescued;
    }

    private boolean isDead(Connection connection, Worker worker) throws SQLException {
        try (var select = connection.prepareStatement(dead)) {
            select.setDouble(1, seconds(SILENT));
            select.setObject(2, worker.id);
            select.setDouble(3, seconds(SILENT_WITHOUT_LOCK));
            try (var row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private List<Job> putBack(Connection connection, String worker, List<Job> running) throws SQLException {
        var now = store.clock().instant();
        var crashed = running.stream().map(job -> CrashedJob.of(job, worker, now, random)).toList();
        return store.rows().write(connection, crashed).written();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1_000.0;
    }

    /** Something that is asked in a transaction. */
    interface Asked {
        boolean on(Connection connection) throws SQLException;
    }

    private record Worker(UUID id, String name) {
    }
}
