package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobDashboardLogger;
import org.jobrunr.jobs.context.JobDashboardLogger.JobDashboardLogLine;
import org.jobrunr.jobs.context.JobDashboardLogger.JobDashboardLogLines;
import org.jobrunr.jobs.context.JobDashboardProgressBar;
import org.jobrunr.jobs.context.JobDashboardProgressBar.JobDashboardProgress;
import org.jobrunr.jobs.states.StateName;

/**
 * What the runs of jobs leave beside their rows, read as JobRunr's dashboard shows it (its metadata), and removed with them.
 * Where the engine's own jobs go back into their rows they go without it.
 */
final class JobTraces {

    private static final String LOG = JobDashboardLogger.JOBRUNR_LOG_KEY + "-";
    private static final String PROGRESS = JobDashboardProgressBar.JOBRUNR_PROGRESSBAR_KEY + "-";

    private final String progress;
    private final String lines;
    private final String ended;
    private final String forget;

    JobTraces(JobsSchema schema) {
        this.progress = "select job_id, place, done, total from %sjob_progress where job_id = any (?::text[]::uuid[])"
                .formatted(schema.prefix());
        this.lines = "select place, run, line, said_at, text from %sjob_log_lines where job_id = ? order by run, line"
                .formatted(schema.prefix());
        this.ended = """
                     select job.id
                     from unnest(?::text[], ?::int[]) as before (id, version)
                         join %sjobrunr_jobs job on job.id = before.id::bpchar and job.version = before.version
                     where job.state <> 'PROCESSING'
                     """.formatted(schema.prefix());
        this.forget = """
                      with anew as (select unnest(?::text[]::uuid[]) as id),
                      effects as (delete from %1$sjob_effects where job_id = any (array(select id from anew)))
                      delete from %1$sjob_checkpoints where job_id = any (array(select id from anew))
                      """.formatted(schema.prefix());
    }

    /** SQL for a part of a statement that removes all of the jobs whose ids are those of {@code removed (id)}, another part. */
    static String goWith(String removed, JobsSchema schema) {
        return List.of("job_progress", "job_log_lines", "job_checkpoints", "job_effects").stream()
                .map(table -> "%1$s_too as (delete from %2$s%1$s where job_id = any (array(select id::uuid from %3$s)))"
                        .formatted(table, schema.prefix(), removed))
                .collect(Collectors.joining(", "));
    }

    /** Adds all that the dashboard shows of a job. */
    void showOn(Connection connection, Job job) throws SQLException {
        showProgressOn(connection, List.of(job));
        showLinesOn(connection, job);
    }

    /** Adds how far the jobs are. Lists show no logs, which of a page of jobs may be many megabytes. */
    void showProgressOn(Connection connection, List<Job> jobs) throws SQLException {
        var own = jobs.stream().filter(job -> Envelope.of(job).isPresent())
                .collect(Collectors.toMap(Job::getId, Function.identity(), (one, _) -> one));
        if (own.isEmpty()) {
            return;
        }
        try (var select = connection.prepareStatement(progress)) {
            select.setArray(1, JobRows.ids(connection, own.keySet()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var bar = new JobDashboardProgress(rows.getLong(4));
                    bar.setProgress(rows.getLong(4), rows.getLong(3), 0);
                    var shown = own.get(rows.getObject(1, UUID.class));
                    if (shown != null) {
                        shown.getMetadata().put(PROGRESS + rows.getInt(2), bar);
                    }
                }
            }
        }
    }

    private void showLinesOn(Connection connection, Job job) throws SQLException {
        if (Envelope.of(job).isEmpty()) {
            return;
        }
        try (var select = connection.prepareStatement(lines)) {
            select.setObject(1, job.getId());
            try (var rows = select.executeQuery()) {
                var log = new Log(job);
                while (rows.next()) {
                    log.add(rows.getInt(1), rows.getInt(2), rows.getInt(3),
                            rows.getObject(4, OffsetDateTime.class).toInstant(), rows.getString(5));
                }
            }
        }
    }

    /** Takes away what {@link #showOn} has added. */
    static void hideOn(Job job) {
        var metadata = job.getMetadata();
        if (!metadata.isEmpty() && Envelope.of(job).isPresent()) {
            metadata.keySet().removeIf(name -> name.startsWith(LOG) || name.startsWith(PROGRESS));
        }
    }

    /**
     * Those that have succeeded and are to begin anew, before their rows are written. Not one that has begun anew before, and goes
     * back into the queue as it was before it was taken: its history ends the same way.
     */
    List<UUID> beginningAnew(Connection connection, List<Job> changing) throws SQLException {
        var anew = changing.stream().filter(JobTraces::beginsAnew).toList();
        if (anew.isEmpty()) {
            return List.of();
        }
        try (var select = connection.prepareStatement(ended)) {
            select.setArray(1, JobRows.ids(connection, anew.stream().map(Job::getId).toList()));
            select.setArray(2, connection.createArrayOf("int4", anew.stream().map(Job::getVersion).toArray()));
            var ids = new ArrayList<UUID>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(UUID.fromString(rows.getString(1)));
                }
            }
            return ids;
        }
    }

    /** What they have saved, and which effects they had, says nothing of their next run. */
    void forget(Connection connection, List<UUID> anew) throws SQLException {
        if (!anew.isEmpty()) {
            try (var delete = connection.prepareStatement(forget)) {
                delete.setArray(1, JobRows.ids(connection, anew));
                delete.executeUpdate();
            }
        }
    }

    private static boolean beginsAnew(Job job) {
        if (!job.hasState(StateName.ENQUEUED)) {
            return false;
        }
        var history = job.getJobStates();
        int before = history.size() - 2;
        while (before > 0 && history.get(before).getName() == StateName.DELETED) {
            before--;
        }
        return before > 0 && history.get(before).getName() == StateName.SUCCEEDED;
    }

    /** Lines of a job as they come, ordered by run and number. */
    private static final class Log {

        private final Job job;
        private int run;
        private int last;

        Log(Job job) {
            this.job = job;
        }

        void add(int place, int ofRun, int number, Instant saidAt, String text) {
            if (ofRun != run) {
                run = ofRun;
                last = 0;
            }
            var lines = (JobDashboardLogLines) job.getMetadata().computeIfAbsent(LOG + place,
                    _ -> new JobDashboardLogLines(new ConcurrentLinkedQueue<>()));
            if (number > last + 1) {
                lines.add(new JobDashboardLogLine(JobDashboardLogger.Level.WARN, saidAt,
                        "(" + (number - last - 1) + " lines of this run's log are not kept)"));
            }
            lines.add(new JobDashboardLogLine(JobDashboardLogger.Level.INFO, saidAt, text));
            last = number;
        }
    }
}
