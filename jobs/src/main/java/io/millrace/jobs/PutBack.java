package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jobrunr.jobs.Job;

/**
 * Puts failed jobs at the end of their queues' lines, in the order in which they failed, in one transaction of the caller's:
 * rows in the {@link StoredForm} in one statement that reads none of them, the others as JobRunr's jobs.
 */
final class PutBack {

    private static final String ENQUEUED = "'\"ENQUEUED\":\"' || to_char(failed.now, '" + Retention.TIME
            + "') || '\"}'";

    private final JobStore store;
    private final String move;
    private final String read;

    PutBack(JobStore store, JobsSchema schema) {
        this.store = store;
        String jobs = schema.prefix() + "jobrunr_jobs";
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
                        set version = job.version + 1, state = 'ENQUEUED', updatedAt = failed.now, worker = null,
                            jobAsJson = %s
                        from failed where job.id = failed.id
                        returning coalesce(job.type, '%s') as type)
                    select type, count(*) from moved group by type
                    """.formatted(locked.formatted(""), jobs,
                StoredForm.moved("job.jobAsJson", "job.version + 1", ENQUEUED), UnreadableRow.UNKNOWN_TYPE);
        this.read = "select %s %s".formatted(JobRows.COLUMNS, locked.formatted("not "));
    }

    /**
     * Those of them that are FAILED and that nobody holds.
     *
     * @return how many of each type
     */
    RetriedJobs of(Connection connection, List<UUID> ids) throws SQLException {
        return RetriedJobs.of(move(connection, ids)).and(RetriedJobs.of(moveOthers(connection, ids)));
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

    private Map<String, Integer> moveOthers(Connection connection, List<UUID> ids) throws SQLException {
        var rows = store.rows();
        var others = rows.select(connection, read, select -> select.setArray(1, JobRows.ids(connection, ids)));
        rows.change(connection, others, Job::enqueue);
        var byType = new TreeMap<String, Integer>();
        rows.write(connection, others).written().forEach(job -> byType.merge(
                Envelope.of(job).map(EnqueuedJob::type).orElse(UnreadableRow.UNKNOWN_TYPE), 1, Integer::sum));
        return byType;
    }
}
