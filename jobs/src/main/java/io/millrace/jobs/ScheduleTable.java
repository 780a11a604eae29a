package io.millrace.jobs;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements for single schedules. */
final class ScheduleTable {

    private final String name;
    private final String select;

    ScheduleTable(JobsSchema schema) {
        this.name = schema.prefix() + "job_schedules";
        this.select = "select " + ScheduleRow.COLUMNS.formatted(schema.prefix()) + " from " + name + " schedule ";
    }

    Optional<Schedule> find(JdbcClient jdbc, String id) {
        return jdbc.sql(select + "where schedule.id = ?").param(id).query(ScheduleRow::map).optional()
                .map(ScheduleRow::schedule);
    }

    /** Until the end of the transaction. */
    Optional<ScheduleRow> lock(JdbcClient jdbc, String id) {
        if (jdbc.sql("select id from %s where id = ? for update".formatted(name)).param(id).query(String.class)
                .optional().isEmpty()) {
            return Optional.empty();
        }
        // In a statement of its own: it sees what the last holder has committed, that one's job included.
        return jdbc.sql(select + "where schedule.id = ?").param(id).query(ScheduleRow::map).optional();
    }

    List<Schedule> list(JdbcClient jdbc, Instant createdAt, String id, int limit) {
        return jdbc.sql(select + """
                                 where (schedule.created_at, schedule.id) < (?, ?)
                                 order by schedule.created_at desc, schedule.id desc
                                 limit ?
                                 """).param(ScheduleRow.timestamp(createdAt)).param(id).param(limit)
                .query(ScheduleRow::map).list().stream().map(ScheduleRow::schedule).toList();
    }

    boolean delete(JdbcClient jdbc, String id) {
        return jdbc.sql("delete from %s where id = ?".formatted(name)).param(id).update() == 1;
    }

    /** Whether there was none of its id. */
    boolean insert(JdbcClient jdbc, Schedule schedule, Instant anchor) {
        return written(
                jdbc.sql("""
                         insert into %s (id, type, payload, cron, every_ms, zone, anchor, paused, queue, priority,
                             max_attempts, labels, missed_runs, overlap, created_by, next_run_at, look_at,
                             created_at, updated_at)
                         values (:id, :type, :payload, :cron, :every, :zone, :anchor, :paused, :queue, :priority,
                             :maxAttempts, :labels::text[], :missedRuns, :overlap, :createdBy, :nextRunAt, :nextRunAt,
                             :updatedAt, :updatedAt)
                         on conflict (id) do nothing
                         """.formatted(name)), schedule, anchor) == 1;
    }

    /** A row that is locked. */
    void update(JdbcClient jdbc, Schedule schedule, Instant anchor) {
        written(jdbc.sql("""
                         update %s
                         set type = :type, payload = :payload, cron = :cron, every_ms = :every, zone = :zone,
                             anchor = :anchor, paused = :paused, queue = :queue, priority = :priority,
                             max_attempts = :maxAttempts, labels = :labels::text[], missed_runs = :missedRuns,
                             overlap = :overlap, created_by = :createdBy, next_run_at = :nextRunAt,
                             look_at = :nextRunAt, error = null, updated_at = :updatedAt
                         where id = :id
                         """.formatted(name)), schedule, anchor);
    }

    /** Just now. */
    void ran(JdbcClient jdbc, String id, UUID job) {
        jdbc.sql("update %s set last_run_at = clock_timestamp(), last_job_id = ? where id = ?".formatted(name))
                .param(job).param(id).update();
    }

    private static int written(JdbcClient.StatementSpec statement, Schedule schedule, Instant anchor) {
        var options = schedule.options();
        var every = options.every();
        return statement.param("id", schedule.id()).param("type", schedule.type()).param("payload", schedule.payload())
                .param("cron", options.cron(), Types.VARCHAR)
                .param("every", every == null ? null : every.toMillis(), Types.BIGINT)
                .param("zone", options.zone().getId()).param("anchor", ScheduleRow.timestamp(anchor))
                .param("paused", options.paused()).param("queue", options.queue(), Types.VARCHAR)
                .param("priority", options.priority(), Types.INTEGER)
                .param("maxAttempts", options.maxAttempts(), Types.INTEGER)
                .param("labels", options.labels().toArray(String[]::new))
                .param("missedRuns", options.missedRuns().name())
                .param("overlap", options.overlap().name()).param("createdBy", options.createdBy(), Types.VARCHAR)
                .param("nextRunAt", ScheduleRow.timestamp(schedule.nextRunAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("updatedAt", ScheduleRow.timestamp(schedule.updatedAt())).update();
    }
}
