package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobResults.JobResult;

/**
 * The results of jobs that return nothing. None is kept: the job's own row says that it succeeded, and when, which is null
 * until a kept one would have expired, also once retention has made the job DELETED.
 */
final class EmptyResults {

    private final JdbcClient jdbc;
    private final JobTypes types;
    private final String succeeded;

    EmptyResults(DataSource callers, JobsSchema schema, JobTypes types) {
        this.jdbc = JdbcClient.create(callers);
        this.types = types;
        this.succeeded = """
                         select type, now(), case
                             when state = 'SUCCEEDED' then updatedAt at time zone 'UTC'
                             when %s then substring(split_part(jobAsJson, e'\\n', -2)
                                 from '^\\{(?:"v":[0-9]+,)?"SUCCEEDED":"([^"]+)"')::timestamptz
                             end
                         from %sjobrunr_jobs
                         where id = ? and state in ('SUCCEEDED', 'DELETED') and type is not null
                         """.formatted(StoredForm.isIn("jobAsJson"), schema.prefix());
    }

    /** JSON's null, if the job is of a type known here that has no result, succeeded last, and that is not long ago. */
    Optional<JobResult> find(UUID jobId) {
        return jdbc.sql(succeeded).param(jobId.toString()).query((row, number) -> result(row)).optional()
                .flatMap(result -> result);
    }

    private Optional<JobResult> result(ResultSet row) throws SQLException {
        var now = time(row, 2);
        var succeededAt = time(row, 3);
        return types.find(row.getString(1)).filter(type -> !type.hasResult())
                .flatMap(type -> succeededAt.map(at -> at.plus(type.resultTtl())))
                .filter(expiresAt -> now.filter(expiresAt::isAfter).isPresent())
                .map(expiresAt -> new JobResult("null", expiresAt));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
