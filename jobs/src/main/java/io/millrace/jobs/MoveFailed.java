package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import org.jobrunr.jobs.Job;

/**
 * Moves failed jobs on, in the order in which they failed, in one transaction of the caller's: rows in the {@link StoredForm} in
 * one statement that reads none of them, the others as JobRunr's jobs.
 */
final class MoveFailed {

    private static final String DELETED_BECAUSE = "deleted with others that had failed";

    private final JobStore store;
    private final Consumer<Job> step;
    private final String move;
    private final String read;

    private MoveFailed(JobStore store, JobsSchema schema, String state, String fields, Consumer<Job> step) {
        this.store = store;
        this.step = step;
        String jobs = schema.prefix() + "jobrunr_jobs";
        String line = "'\"%s\":\"' || to_char(failed.now, '%s') || '\"%s}'".formatted(state, Retention.TIME, fields);
        String locked = """
                        from %s
                        where id = any (?::text[]::bpchar[]) and state = 'FAILED' and unreadable is null and %%s%s
                        order by updatedAt, id
                        for update skip locked
                        """.formatted(jobs, StoredForm.isIn("jobAsJson"));
        this.move = """
                    with failed as (select id, clock_timestamp() at time zone 'UTC' as now %s),
                    moved as (
                        update %s job
                        set version = job.version + 1, state = '%s', updatedAt = failed.now, worker = null,
                            jobAsJson = %s
                        from failed where job.id = failed.id
                        returning coalesce(job.type, '%s') as type)
                    select type, count(*) from moved group by type
                    """.formatted(locked.formatted(""), jobs, state,
                StoredForm.moved("job.jobAsJson", "job.version + 1", line), UnreadableRow.UNKNOWN_TYPE);
        this.read = "select %s %s".formatted(JobRows.COLUMNS, locked.formatted("not "));
    }

    /** To the end of their queues' lines. */
    static MoveFailed back(JobStore store, JobsSchema schema) {
        return new MoveFailed(store, schema, "ENQUEUED", "", Job::enqueue);
    }

    /** To where retention finds them. */
    static MoveFailed away(JobStore store, JobsSchema schema) {
        return new MoveFailed(store, schema, "DELETED", ",\"reason\":\"" + DELETED_BECAUSE + "\"",
                job -> job.delete(DELETED_BECAUSE));
    }

    /**
     * Those of them that are FAILED and that nobody holds.
     *
     * @return how many of each type
     */
    Map<String, Integer> of(Connection connection, List<UUID> ids) throws SQLException {
        var byType = move(connection, ids);
        moveOthers(connection, ids).forEach(job -> byType.merge(
                Envelope.of(job).map(EnqueuedJob::type).orElse(UnreadableRow.UNKNOWN_TYPE), 1, Integer::sum));
        return byType;
    }

    private Map<String, Integer> move(Connection connection, List<UUID> ids) throws SQLException {
        try (var update = connection.prepareStatement(move)) {
            update.setArray(1, JobRows.ids(connection, ids));
            var byType = new TreeMap<String, Integer>();
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    byType.put(rows.getString(1), rows.getInt(2));
                }
            }
            return byType;
        }
    }

    private List<Job> moveOthers(Connection connection, List<UUID> ids) throws SQLException {
        var rows = store.rows();
        var others = rows.select(connection, read, select -> select.setArray(1, JobRows.ids(connection, ids)));
        rows.change(connection, others, step);
        return rows.write(connection, others).written();
    }
}
