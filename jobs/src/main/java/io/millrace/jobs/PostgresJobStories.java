package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jspecify.annotations.Nullable;

/** Stories of jobs from their rows, and from what their runs have left beside them. */
final class PostgresJobStories implements JobStories {

    private static final String PARKED = "the stored job could not be read; its JSON stands in column unreadable";

    private final EnqueueTransaction transaction;
    private final JobStore store;
    private final String find;
    private final String lines;

    PostgresJobStories(DataSource dataSource, JobsSchema schema, JobStore store) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.store = store;
        this.find = """
                    select %1$s, unreadable is not null as parked, concurrencyKey, runAfter, unique_key, result, expires_at
                    from %2$s
                        left join lateral (select key as unique_key from %3$sjob_unique_keys
                                           where job_id = cast(job.id as uuid) limit 1) as held on true
                        left join lateral (select result, expires_at from %3$sjob_results
                                           where job_id = cast(job.id as uuid) and expires_at > now()) as kept on true
                    where id = ?
                    """
                .formatted(StatusRows.COLUMNS, new StatusRows(store, schema).from(), schema.prefix());
        this.lines = "select place, line, said_at, text from %sjob_log_lines where job_id = ? order by run, line"
                .formatted(schema.prefix());
    }

    @Override
    public Optional<JobStory> find(UUID id) {
        return transaction.jdbc().sql(find).param(id.toString()).query((row, _) -> story(id, row)).optional();
    }

    private JobStory story(UUID id, ResultSet row) throws SQLException {
        Job job;
        try {
            job = store.read(row.getString("jobAsJson"));
        } catch (RuntimeException e) {
            return told(UnreadableRow.status(id, row), row, 0, null,
                    "the stored job cannot be read (" + e.getClass().getSimpleName() + ")", List.of(),
                    lines(id, Map.of()));
        }
        var steps = new StepsOfJob(job);
        int version = Envelope.of(job).map(EnqueuedJob::version).orElse(0);
        boolean isOurs = Envelope.of(job).isPresent();
        return told(JobHistory.of(job).status(StatusRows.progress(row)), row, version, Envelope.traceIdOf(job),
                row.getBoolean("parked") ? PARKED : null, steps.all(),
                isOurs ? lines(id, steps.attempts()) : steps.logOfJobRunr());
    }

    private static JobStory told(JobStatus job, ResultSet row, int payloadVersion, @Nullable String traceId,
            @Nullable String unreadable,
            List<JobStory.Step> steps, List<JobStory.LogLine> log) throws SQLException {
        var runAfter = row.getString("runAfter");
        return new JobStory(job, payloadVersion, row.getString("unique_key"), row.getString("concurrencyKey"),
                runAfter == null ? null : UUID.fromString(runAfter), traceId, unreadable, steps, log,
                row.getString("result"), instant(row));
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        var expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        return expiresAt == null ? null : expiresAt.toInstant();
    }

    private List<JobStory.LogLine> lines(UUID id, Map<Integer, Integer> attempts) {
        return transaction.jdbc().sql(lines).param(id)
                .query((row, _) -> new JobStory.LogLine(attempts.getOrDefault(row.getInt(1), 0), row.getInt(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(), row.getString(4)))
                .list();
    }
}
