package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of jobs that wait, in the caller's transaction, and wakes the workers once it has committed. A job whose
 * id is there already is left alone, without poisoning the transaction as a failed insert would; ids that are surely new are not
 * looked up. JobRunr keeps times without a zone, in UTC.
 */
final class QueuedJobs {

    private static final String COLUMNS = """
                                          id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, scheduledAt,
                                          type, queue, priority, runAfter, concurrencyKey, concurrencyLimit, labels, placedById
                                          """;

    static final String UNLESS_THERE = "on conflict (id) do nothing";
    private static final String LINE_BREAK = "e'\\n'";

    private static final List<RowValues.Column<NewJobRow>> VALUES = List.of(
            new RowValues.Column<>("id", "text", job -> job.id().toString()),
            new RowValues.Column<>("json", "text", job -> job.json(NewJobRow.FIRST_VERSION)),
            new RowValues.Column<>("state", "text", NewJobRow::state),
            new RowValues.Column<>("created", "timestamp", job -> text(utc(job.createdAt()))),
            new RowValues.Column<>("run_at", "timestamp", job -> text(utc(job.dueAt()))),
            new RowValues.Column<>("type", "text", job -> job.enqueued().type()),
            new RowValues.Column<>("queue", "text", job -> job.enqueued().queue()),
            new RowValues.Column<>("priority", "integer", job -> String.valueOf(job.enqueued().priority())),
            new RowValues.Column<>("run_after", "text", job -> text(job.runAfter())),
            new RowValues.Column<>("key", "text", QueuedJobs::key),
            new RowValues.Column<>("at_once", "integer", job -> text(atOnce(job))),
            new RowValues.Column<>("labels", "text", QueuedJobs::labels),
            new RowValues.Column<>("placed", "boolean", job -> text(job.isPlacedById())));

    private final String one;
    private final RowValues<NewJobRow> own;
    private final RowValues<NewJobRow> all;
    private final String changed;
    private final EnqueueTransaction transaction;
    private final WakeUp wakeUp;

    QueuedJobs(JobsSchema schema, EnqueueTransaction transaction, WakeUp wakeUp) {
        this.transaction = transaction;
        this.wakeUp = wakeUp;
        this.one = """
                   insert into %sjobrunr_jobs (%s) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, string_to_array(?, %s),
                       case when ?::boolean and %s then true end)
                   on conflict (id) do nothing
                   """
                .formatted(schema.prefix(), COLUMNS, LINE_BREAK, JobIds.SQL_IN_TIME.formatted("?::timestamp"));
        this.own = all(schema, "", "", "");
        this.all = all(schema, "with inserted as (", "", UNLESS_THERE
                + " returning type, queue) select type, queue, count(*) from inserted group by 1, 2");
        this.changed = """
                       with replaced as (
                           update %sjobrunr_jobs
                           set version = ?, jobAsJson = ?, state = ?, createdAt = ?, updatedAt = ?, scheduledAt = ?,
                               queue = ?, priority = ?, concurrencyKey = ?, concurrencyLimit = ?,
                               labels = string_to_array(?, %s), webhook = null, webhookTold = null, error = null
                           where id = ?
                           returning id),
                       %s
                       select count(*) from replaced
                       """
                .formatted(schema.prefix(), LINE_BREAK, JobTraces.goWith("replaced", schema));
    }

    /**
     * Inserts many.
     *
     * @param with
     *            what the statement begins with
     * @param condition
     *            on rows of {@code new}
     * @param then
     *            what it ends with
     */
    static RowValues<NewJobRow> all(JobsSchema schema, String with, String condition, String then) {
        return new RowValues<>(VALUES,
                rows -> """
                        %s insert into %sjobrunr_jobs (%s)
                        select id, %d, json, '%s', state, created, created, run_at, type, queue, priority, run_after,
                               key, at_once, string_to_array(labels, %s),
                               case when placed and %s then true end
                        from %s as new %s %s
                        """
                        .formatted(with, schema.prefix(), COLUMNS, NewJobRow.FIRST_VERSION, JobWriter.SIGNATURE,
                                LINE_BREAK,
                                JobIds.SQL_IN_TIME.formatted("created"), rows, condition, then));
    }

    /** Whether it was new. */
    boolean insert(NewJobRow job) {
        boolean inserted = transaction.onConnection(connection -> insert(connection, job));
        if (inserted) {
            tellAfterCommit(job);
        }
        return inserted;
    }

    /** In one statement, however many they are. */
    void insertAll(List<NewJobRow> jobs) {
        var counts = transaction.onConnection(connection -> insertAll(connection, jobs));
        afterCommit(() -> wakeUp.events().enqueued(counts));
    }

    /** The same of jobs whose ids this call's {@link JobIds} made, which nobody has: to make sure of each would be a fifth of the work. */
    void insertOwn(List<NewJobRow> jobs) {
        transaction.onConnection(connection -> insertOwn(connection, jobs));
        var counts = new HashMap<String, Map<String, Integer>>();
        jobs.stream().map(NewJobRow::enqueued).forEach(job -> counts
                .computeIfAbsent(job.type(), _ -> new HashMap<>()).merge(job.queue(), 1, Integer::sum));
        afterCommit(() -> wakeUp.events().enqueued(counts));
    }

    /**
     * Makes the waiting job of this id, whose row the caller has locked, into another one: what runs with the old payload
     * said and saved is not that one's, and nobody is told of its end who asked for the old one's. One waits as before: none is
     * told to be enqueued.
     */
    void replace(NewJobRow job, int version) {
        transaction.onConnection(connection -> update(connection, job, version));
        transaction.afterCommit(wakeUp::workers);
    }

    /** For a waiting job whose row the caller has locked: a worker that looked meanwhile has passed it over. */
    void wakeWorkersAfterEnd() {
        transaction.afterEnd(wakeUp::workers);
    }

    /** Wakes them for a delayed job as well: they learn when the next one is due. */
    private void afterCommit(Runnable tellOfThem) {
        transaction.afterCommit(() -> {
            wakeUp.workers();
            tellOfThem.run();
        });
    }

    /** Its payload is not kept until then. */
    private void tellAfterCommit(NewJobRow job) {
        var type = job.enqueued().type();
        var queue = job.enqueued().queue();
        afterCommit(() -> wakeUp.events().enqueued(type, queue, 1));
    }

    private boolean insert(Connection connection, NewJobRow job) throws SQLException {
        try (var insert = connection.prepareStatement(one)) {
            var createdAt = utc(job.createdAt());
            insert.setString(1, job.id().toString());
            insert.setInt(2, NewJobRow.FIRST_VERSION);
            insert.setString(3, job.json(NewJobRow.FIRST_VERSION));
            insert.setString(4, JobWriter.SIGNATURE);
            insert.setString(5, job.state());
            insert.setObject(6, createdAt);
            insert.setObject(7, createdAt);
            insert.setObject(8, utc(job.dueAt()));
            insert.setString(9, job.enqueued().type());
            insert.setString(10, job.enqueued().queue());
            insert.setInt(11, job.enqueued().priority());
            insert.setString(12, text(job.runAfter()));
            insert.setString(13, key(job));
            insert.setObject(14, atOnce(job), Types.INTEGER);
            insert.setString(15, labels(job));
            insert.setBoolean(16, job.isPlacedById());
            insert.setObject(17, createdAt);
            return insert.executeUpdate() == 1;
        }
    }

    /** Returns how many were new, by type and queue. */
    private Map<String, Map<String, Integer>> insertAll(Connection connection, List<NewJobRow> jobs)
            throws SQLException {
        var values = all.of(jobs);
        try (var insert = connection.prepareStatement(values.sql())) {
            values.bind(insert, 1);
            var counts = new HashMap<String, Map<String, Integer>>();
            try (var rows = insert.executeQuery()) {
                while (rows.next()) {
                    counts.computeIfAbsent(rows.getString(1), _ -> new HashMap<>()).put(rows.getString(2),
                            rows.getInt(3));
                }
            }
            return counts;
        }
    }

    private int insertOwn(Connection connection, List<NewJobRow> jobs) throws SQLException {
        var values = own.of(jobs);
        try (var insert = connection.prepareStatement(values.sql())) {
            values.bind(insert, 1);
            return insert.executeUpdate();
        }
    }

    private int update(Connection connection, NewJobRow job, int version) throws SQLException {
        try (var update = connection.prepareStatement(changed)) {
            var createdAt = utc(job.createdAt());
            update.setInt(1, version);
            update.setString(2, job.json(version));
            update.setString(3, job.state());
            update.setObject(4, createdAt);
            update.setObject(5, createdAt);
            update.setObject(6, utc(job.dueAt()));
            update.setString(7, job.enqueued().queue());
            update.setInt(8, job.enqueued().priority());
            update.setString(9, key(job));
            update.setObject(10, atOnce(job), Types.INTEGER);
            update.setString(11, labels(job));
            update.setString(12, job.id().toString());
            try (var row = update.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private static @Nullable String key(NewJobRow job) {
        return job.limit() == null ? null : job.limit().key();
    }

    /** They hold no line breaks. */
    private static @Nullable String labels(NewJobRow job) {
        return job.labels().isEmpty() ? null : String.join("\n", job.labels());
    }

    private static @Nullable Integer atOnce(NewJobRow job) {
        return job.limit() == null ? null : job.limit().jobs();
    }

    static @Nullable LocalDateTime utc(@Nullable Instant time) {
        return time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
