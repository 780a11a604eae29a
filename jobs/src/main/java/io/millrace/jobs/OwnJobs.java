package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a worker runs with what the rows say it runs: a run whose job was given to another, or cancelled, is told to
 * stop, and a job that nobody here runs goes back into the queue.
 */
final class OwnJobs {

    private static final Logger LOG = LoggerFactory.getLogger(OwnJobs.class);
    private static final int AT_ONCE = 1_000;
    private static final Duration MOST_END_BEFORE = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final JobStore store;
    private final WakeUp wakeUp;
    private final JobsUnderWay underWay;
    private final UUID worker;
    private final String lost;
    private final String running;
    private final String lock;

    OwnJobs(WorkerTables tables, JobStore store, JobsUnderWay underWay, UUID worker) {
        this.transactions = new Transactions(tables.engine());
        this.store = store;
        this.wakeUp = tables.wakeUp();
        this.underWay = underWay;
        this.worker = worker;
        String jobs = tables.schema().prefix() + "jobrunr_jobs";
        this.lost = """
                    select mine.id, job.state
                    from unnest(?::text[]) mine (id) left join %s job on job.id = mine.id::bpchar
                    where job.id is null or job.state <> 'PROCESSING' or job.worker is distinct from ?
                    """.formatted(jobs);
        this.running = "select id from %s where state = 'PROCESSING' and worker = ?".formatted(jobs);
        this.lock = """
                    select %s from %s
                    where id = any (?::text[]::bpchar[]) and state = 'PROCESSING' and worker = ?
                    for update skip locked
                    """.formatted(JobRows.COLUMNS, jobs);
    }

    /** Tells all the runs to stop that are no longer those of their jobs. */
    void tellTheReplaced() {
        var mine = running(System.nanoTime());
        for (int from = 0; from < mine.size(); from += AT_ONCE) {
            tellTheReplaced(mine.subList(from, Math.min(from + AT_ONCE, mine.size())));
        }
    }

    /** The same of one. */
    void tellIfReplaced(Attempt attempt) {
        tellTheReplaced(List.of(attempt));
    }

    /** The same for so many that it costs the database nothing to speak of; the next call goes on with others. */
    void tellSomeOfTheReplaced() {
        var mine = running(System.nanoTime() - MOST_END_BEFORE.toNanos());
        tellTheReplaced(mine.subList(0, Math.min(AT_ONCE, mine.size())));
    }

    /** Those whose rows were not looked at for longest first. */
    private List<Attempt> running(long since) {
        long now = System.nanoTime();
        return underWay.attempts().stream().filter(attempt -> attempt.isUnderWaySince(since))
                .sorted(Comparator.comparingLong(attempt -> attempt.lookedAt() - now)).toList();
    }

    private void tellTheReplaced(List<Attempt> some) {
        if (some.isEmpty()) {
            return;
        }
        some.forEach(Attempt::isLookedAt);
        var byId = some.stream().collect(Collectors.toMap(attempt -> attempt.job().getId(), attempt -> attempt));
        transactions.run(connection -> lost(connection, List.copyOf(byId.keySet())))
                .forEach((id, reason) -> tell(byId.get(id), reason));
    }

    private Map<UUID, Attempt.Told> lost(Connection connection, List<UUID> ids) throws SQLException {
        try (var select = connection.prepareStatement(lost)) {
            select.setArray(1, JobRows.ids(connection, ids));
            select.setObject(2, worker);
            var found = new HashMap<UUID, Attempt.Told>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    boolean deleted = "DELETED".equals(rows.getString(2));
                    found.put(UUID.fromString(rows.getString(1)),
                            deleted ? Attempt.Told.CANCELLED : Attempt.Told.REPLACED);
                }
            }
            return found;
        }
    }

    private static void tell(@Nullable Attempt attempt, Attempt.Told reason) {
        if (attempt != null && attempt.tell(reason)) {
            LOG.warn("job {} was {} while it ran here; its run is told to stop", attempt.job().getId(), reason);
        }
    }

    /** Puts back what this worker has taken and does not run, as where it is not known whether a commit came through. */
    void putBackTheLost() {
        var unknown = transactions.run(this::running).stream().filter(id -> !underWay.has(id)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        // What it takes, it knows before the rows say so: only what is unknown after the look is lost.
        int back = transactions.run(connection -> putBack(connection, unknown, id -> !underWay.has(id)));
        if (back > 0) {
            LOG.warn("{} jobs that this worker had taken, and does not run, go back into the queue", back);
            wakeUp.workers();
        }
    }

    /**
     * Puts back what the rows say this worker runs, without an attempt used. A row that somebody holds is left out: it may be
     * about to be something else, as in the commit of a transactional handler, or not, as by a checkpoint.
     *
     * @return how many
     */
    int putBackAll() {
        var all = transactions.run(this::running);
        int back = 0;
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            var some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            back += transactions.run(connection -> putBack(connection, some, _ -> true));
            wakeUp.workers();
        }
        return back;
    }

    /** Whether no row says that it runs here. */
    boolean areNone() {
        return transactions.run(this::running).isEmpty();
    }

    private List<UUID> running(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(running)) {
            select.setObject(1, worker);
            var ids = new ArrayList<UUID>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(UUID.fromString(rows.getString(1)));
                }
            }
            return ids;
        }
    }

    private int putBack(Connection connection, List<UUID> ids, Predicate<UUID> which) throws SQLException {
        var rows = store.rows();
        var found = rows.select(connection, lock, select -> {
            select.setArray(1, JobRows.ids(connection, ids));
            select.setObject(2, worker);
        });
        List<Job> before = found.stream().filter(job -> which.test(job.getId())).map(UntakenJob::of).toList();
        return rows.write(connection, before).written().size();
    }
}
