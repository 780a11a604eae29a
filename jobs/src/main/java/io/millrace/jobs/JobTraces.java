package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
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
    private final String forget;

    JobTraces(JobsSchema schema) {
        String ofSome = "where job_id = any (?::text[]::uuid[]) order by job_id, ";
        this.progress = "select job_id, place, done, total from %sjob_progress %s place".formatted(schema.prefix(),
                ofSome);
        this.lines = "select job_id, place, run, line, said_at, text from %sjob_log_lines %s run, line"
                .formatted(schema.prefix(), ofSome);
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

    /** Adds what the dashboard shows of the jobs. */
    void showOn(Connection connection, List<Job> jobs) throws SQLException {
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
                    show(own, rows.getObject(1, UUID.class), PROGRESS + rows.getInt(2), bar);
                }
            }
        }
        try (var select = connection.prepareStatement(lines)) {
            select.setArray(1, JobRows.ids(connection, own.keySet()));
            select.setFetchSize(Report.LINES);
            try (var rows = select.executeQuery()) {
                var log = new Log(own);
                while (rows.next()) {
                    log.add(rows.getObject(1, UUID.class), rows.getInt(2), rows.getInt(3), rows.getInt(4),
                            rows.getObject(5, OffsetDateTime.class).toInstant(), rows.getString(6));
                }
            }
        }
    }

    private static void show(Map<UUID, Job> jobs, UUID job, String name, Object what) {
        var shown = jobs.get(job);
        if (shown != null) {
            shown.getMetadata().put(name, what);
        }
    }

    /** Takes away what {@link #showOn} has added. */
    static void hideOn(Job job) {
        var metadata = job.getMetadata();
        if (!metadata.isEmpty() && Envelope.of(job).isPresent()) {
            metadata.keySet().removeIf(name -> name.startsWith(LOG) || name.startsWith(PROGRESS));
        }
    }

    /** What a job has saved, and which effects it had, that has succeeded and begins anew, says nothing of its next run. */
    void forgetOfThoseThatBeginAnew(Connection connection, List<Job> changed) throws SQLException {
        var anew = changed.stream().filter(JobTraces::beginsAnew).map(Job::getId).toList();
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

    /** Lines as they come, ordered by job, run and number. */
    private static final class Log {

        private final Map<UUID, Job> jobs;
        private UUID job = new UUID(0, 0);
        private int run;
        private int last;

        Log(Map<UUID, Job> jobs) {
            this.jobs = jobs;
        }

        void add(UUID ofJob, int place, int ofRun, int number, Instant saidAt, String text) {
            if (!ofJob.equals(job) || ofRun != run) {
                job = ofJob;
                run = ofRun;
                last = 0;
            }
            var shown = jobs.get(job);
            if (shown == null) {
                return;
            }
            var lines = (JobDashboardLogLines) shown.getMetadata().computeIfAbsent(LOG + place,
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
