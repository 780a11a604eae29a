package io.millrace.worker.users;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What imports could not take. */
@Component
final class RejectRows {

    private static final int PAGE = 1_000;
    private static final int REMOVED_AT_ONCE = 50_000;

    private final JdbcClient jdbc;

    RejectRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Some of those after {@code row}, in the order of the file; none is the end. */
    List<Reject> after(UUID jobId, long row) {
        return jdbc.sql("""
                        select row_number, reason, original
                        from user_import_rejects
                        where job_id = :job and row_number > :row
                        order by row_number
                        limit :limit
                        """).param("job", jobId).param("row", row).param("limit", PAGE).query(
                (reject, number) -> new Reject(reject.getLong(1), reject.getString(2), reject.getString(3))).list();
    }

    /** All of a job, in as many transactions as it takes. */
    void remove(UUID jobId) {
        int removed;
        do {
            removed = jdbc.sql("""
                               delete from user_import_rejects
                               where job_id = :job and row_number in (
                                   select row_number from user_import_rejects where job_id = :job limit :limit)
                               """).param("job", jobId).param("limit", REMOVED_AT_ONCE).update();
        } while (removed == REMOVED_AT_ONCE);
    }

    /**
     * One of them.
     *
     * @param original
     *            as it stands in the file, but cut
     */
    record Reject(long rowNumber, String reason, String original) {
    }
}
