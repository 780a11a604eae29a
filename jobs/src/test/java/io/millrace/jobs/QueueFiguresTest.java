package io.millrace.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QueueFiguresTest {

    private final StoreTables tables = new StoreTables();
    private final QueueFigures figures = new QueueFigures(tables.database, tables.schema);
    private final JobCounts counts = new JobCounts(tables.database, tables.schema);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void countWhatFailedWhateverHappensToTheRows() {
        tables.add("FAILED", 3);
        tables.add("PROCESSING", 5);
        change("update %s set state = 'FAILED' where state = 'PROCESSING'");
        assertThat(failed()).isEqualTo(8);

        change("update %s set state = 'ENQUEUED' where id = any (array(select id from %1$s where state = 'FAILED' limit 2))");
        change("update %s set version = version + 1");
        change("delete from %s where id = (select max(id) from %1$s where state = 'FAILED')");
        assertThat(failed()).isEqualTo(5).isEqualTo(tables.count("FAILED"));

        counts.fold();
        counts.fold();
        assertThat(failed()).isEqualTo(5);

        change("update %s set queue = 'other' where id = (select max(id) from %1$s where state = 'FAILED')");
        assertThat(of("other").failed()).isEqualTo(1);
        assertThat(failed()).isEqualTo(4);

        change("truncate %s");
        assertThat(figures.ask()).isEmpty();
    }

    @Test
    void countWhatEndedOfLateAndNotWhatRetentionTakesAway() {
        tables.add("PROCESSING", 10);
        change("update %s set state = 'SUCCEEDED' where id = any (array(select id from %1$s where state = 'PROCESSING' limit 7))");
        change("update %s set state = 'FAILED' where state = 'PROCESSING'");
        tables.add("SUCCEEDED", 20);
        change("update %s set state = 'DELETED' where state = 'SUCCEEDED'");
        counts.fold();
        assertThat(of("default").processedPerMinute()).isEqualTo(10);

        tables.jdbc.sql("update millrace_jobs.queue_counts set ended = ended - interval '1 minute'").update();
        assertThat(of("default").processedPerMinute()).isZero();
        assertThat(failed()).isEqualTo(3);

        tables.jdbc.sql("update millrace_jobs.queue_counts set ended = ended - interval '2 minutes'").update();
        counts.fold();
        assertThat(tables.jdbc.sql("select state, jobs, ended from millrace_jobs.queue_counts").query().singleRow())
                .containsEntry("state", "FAILED").containsEntry("jobs", 3L).containsEntry("ended", null);
    }

    @Test
    void countWhatWasEnqueuedInTheLastMinuteThatAllHaveWritten() {
        written("new_job_figures (", "", 5, 1_000);
        written("new_job_figures (", "", 40, 3);
        written("job_figures (span, ", "10, ", 50, 4);
        written("job_figures (span, ", "60, ", 50, 1_000);
        written("new_job_figures (", "", 100, 1_000);

        assertThat(of("mail").enqueuedPerMinute()).isEqualTo(7);
        assertThat(of("mail").enqueued()).isZero();
    }

    @Test
    void findTheOldestThatWaitsBehindThoseOfHigherPriority() {
        tables.add("ENQUEUED", 50);
        change("update %s set priority = 500, updatedAt = now() at time zone 'UTC' - interval '1 minute'");
        tables.add("ENQUEUED", 1);
        tables.add("SCHEDULED", 4);

        var queue = of("default");

        assertThat(queue.enqueued()).isEqualTo(51);
        assertThat(queue.scheduled()).isEqualTo(4);
        assertThat(queue.oldestEnqueuedAge()).isBetween(Duration.ofHours(1), Duration.ofMinutes(70));
    }

    @Test
    void areOfNoQueueWhereNothingIs() {
        assertThat(figures.ask()).isEqualTo(Map.of());
    }

    private void written(String into, String span, int secondsAgo, int enqueued) {
        tables.jdbc.sql("insert into millrace_jobs." + into
                + "at, type, queue, enqueued, started, succeeded, failed, retried, crashed, timed_out, waits, runs)"
                + " values (" + span + "date_bin('10 seconds', clock_timestamp() - make_interval(secs => ?), 'epoch'),"
                + " 'send', 'mail', ?, 0, 0, 0, 0, 0, 0, '', '')").param(secondsAgo).param(enqueued).update();
    }

    private QueueStatus of(String queue) {
        return Objects.requireNonNull(figures.ask().get(queue));
    }

    private long failed() {
        return of("default").failed();
    }

    private void change(String sql) {
        tables.jdbc.sql(sql.formatted("millrace_jobs.jobrunr_jobs")).update();
    }
}
