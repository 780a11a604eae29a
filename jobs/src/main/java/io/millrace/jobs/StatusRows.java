package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Rows of jobs, each with how far its last run says it is, as {@link JobStatus}. */
final class StatusRows {

    static final String COLUMNS = "id, jobAsJson, type, queue, priority, state, createdAt, done, total";

    private final JobStore store;
    private final String from;

    StatusRows(JobStore store, JobsSchema schema) {
        this.store = store;
        this.from = """
                    %1$sjobrunr_jobs as job
                        left join lateral (select done, total from %1$sjob_progress
                                           where job_id = cast(job.id as uuid) order by run desc limit 1) as said on true
                    """
                .formatted(schema.prefix());
    }

    /** What {@link #COLUMNS} are selected from. */
    String from() {
        return from;
    }

    /** Also of a row that cannot be read: what its columns say. */
    JobStatus status(ResultSet row) throws SQLException {
        try {
            return JobHistory.of(store.read(row.getString("jobAsJson"))).status(progress(row));
        } catch (RuntimeException e) {
            return UnreadableRow.status(UUID.fromString(row.getString("id").strip()), row);
        }
    }

    /** What its last run said. */
    static JobStatus.@Nullable Progress progress(ResultSet row) throws SQLException {
        long total = row.getLong("total");
        return row.wasNull() ? null : new JobStatus.Progress(row.getLong("done"), total);
    }
}
