package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.ScheduleOptions.MissedRuns;
import io.millrace.jobs.ScheduleOptions.Overlap;

/**
 * One row of {@code job_schedules}.
 *
 * @param unfinished
 *            whether its last job has not ended
 */
record ScheduleRow(Schedule schedule, Instant anchor, boolean unfinished) {

    private static final Instant LAST = Instant.parse("+200000-01-01T00:00:00Z");

    /** As they are read here, of a row that is named {@code schedule}; in place of %1$s stands the schema. */
    static final String COLUMNS = """
                                  schedule.*, exists (
                                      select from %1$sjobrunr_jobs job
                                      where job.id = schedule.last_job_id::text::bpchar
                                          and job.state in ('SCHEDULED', 'ENQUEUED', 'AWAITING', 'PROCESSING')
                                  ) as unfinished
                                  """;

    /** @see org.springframework.jdbc.core.RowMapper */
    static ScheduleRow map(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        var schedule = new Schedule(row.getString("id"), row.getString("type"), row.getString("payload"), options(row),
                instant(row, "next_run_at").orElse(null), instant(row, "last_run_at").orElse(null),
                row.getObject("last_job_id", UUID.class), row.getString("error"),
                instant(row, "created_at").orElseThrow(), instant(row, "updated_at").orElseThrow());
        return new ScheduleRow(schedule, instant(row, "anchor").orElseThrow(), row.getBoolean("unfinished"));
    }

    Recurrence recurrence() {
        return Recurrence.of(schedule.options(), anchor);
    }

    boolean mustWait() {
        return unfinished && schedule.options().overlap() == Overlap.SKIP;
    }

    private static ScheduleOptions options(ResultSet row) throws SQLException {
        long every = row.getLong("every_ms");
        var interval = row.wasNull() ? null : Duration.ofMillis(every);
        return new ScheduleOptions(row.getString("cron"), interval, ZoneId.of(row.getString("zone")),
                row.getBoolean("paused"), row.getString("queue"), row.getObject("priority", Integer.class),
                row.getObject("max_attempts", Integer.class), List.of((String[]) row.getArray("labels").getArray()),
                MissedRuns.valueOf(row.getString("missed_runs")), Overlap.valueOf(row.getString("overlap")),
                row.getString("created_by"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** What is later than any time that Postgres has is its infinity. */
    static @Nullable OffsetDateTime timestamp(@Nullable Instant time) {
        return time == null ? null : time.isAfter(LAST) ? OffsetDateTime.MAX : time.atOffset(ZoneOffset.UTC);
    }
}
