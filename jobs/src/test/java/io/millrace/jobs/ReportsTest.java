package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobDashboardLogger.JobDashboardLogLine;
import org.jobrunr.jobs.context.JobDashboardLogger.JobDashboardLogLines;
import org.jobrunr.jobs.states.EnqueuedState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.millrace.jobs.JobStatus.Progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How what runs say comes into the tables. */
class ReportsTest {

    private final StoreTables tables = new StoreTables();
    private final AtomicBoolean away = new AtomicBoolean();
    private final Reports reports = new Reports(new WriteReports(new DelegatingDataSource(tables.database) {
        @Override
        public Connection getConnection() throws SQLException {
            if (away.get()) {
                throw new SQLException("as if it were away");
            }
            return super.getConnection();
        }
    }, tables.schema), Clock.systemUTC());

    @AfterEach
    void close() {
        reports.close();
        tables.close();
    }

    @Test
    void writesProgressAtMostOnceASecondAndTheLastAtTheEnd() {
        noteEachWrite();
        var job = enqueued();
        var report = reports.of(job);
        long said = 0;
        while (writes() < 3) {
            for (int i = 0; i < 1_000; i++) {
                report.progress(new Progress(said++, Long.MAX_VALUE));
            }
        }

        assertThat(tables.jdbc.sql("""
                                   select coalesce(min(gap), 0) from (
                                       select extract(epoch from at - lag(at) over (order by at)) as gap from writes)
                                   """).query(Double.class).single()).isGreaterThan(0.95);
        assertThat(said).isGreaterThan(3_000);
        report.progress(new Progress(7, 7));
        end(report);

        assertThat(progress(job)).containsExactly("7 of 7");
    }

    @Test
    void writesWhatManyRunsSayTogether() throws InterruptedException {
        var jobs = Stream.generate(this::enqueued).limit(200).toList();
        var said = jobs.stream().map(reports::of).toList();
        said.forEach(report -> report.progress(new Progress(1, 2)));
        said.forEach(report -> report.log("half way"));

        var threads = said.stream().map(report -> Thread.ofVirtual().start(() -> end(report))).toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(jobs).allSatisfy(job -> assertThat(progress(job)).containsExactly("1 of 2"));
        assertThat(count("job_log_lines")).isEqualTo(200);
        assertThat(tables.jdbc.sql("select count(distinct xmin::text) from millrace_jobs.job_log_lines")
                .query(Integer.class).single()).isLessThan(200);
    }

    @Test
    void keepsTheNewestThousandLinesOfAJobInTheirOrderAndSaysWhatIsMissing() {
        var job = enqueued();
        var first = reports.of(job);
        first.log("lost");
        say(first, "first", 700);
        var again = again(job);
        var second = reports.of(again);
        say(second, "second", 400);

        assertThat(count("job_log_lines")).isEqualTo(1_000);
        var shown = lines(job, job.getJobStates().size());
        assertThat(shown).hasSize(1_001).startsWith("(101 lines of this run's log are not kept)", "first 100");
        assertThat(shown.subList(600, 603)).containsExactly("first 699", "second 0", "second 1");
        assertThat(shown).endsWith("second 399");
    }

    @Test
    void keepsTheNewestOfABurst() {
        var job = enqueued();
        say(reports.of(job), "line", 2_500);

        assertThat(lines(job, job.getJobStates().size())).hasSize(1_001)
                .startsWith("(1500 lines of this run's log are not kept)", "line 1500").endsWith("line 2499");
    }

    @Test
    void storesWhateverALineContains() {
        var job = enqueued();
        var report = reports.of(job);
        report.log("a\0b");
        report.log("half a pair \ud83d");
        report.log("x".repeat(10_000));
        report.log("");
        end(report);

        assertThat(lines(job, job.getJobStates().size())).containsExactly("a\ufffdb", "half a pair ?",
                "x".repeat(4_000) + "\u2026 (10000 characters)", "");
    }

    @Test
    void keepsTheProgressOfTheLaterRunInAPlace() {
        var job = enqueued();
        var old = reports.of(job);
        var fresh = reports.of(again(job));
        fresh.progress(new Progress(2, 3));
        end(fresh);

        old.progress(new Progress(3, 3));
        old.log("still here");
        end(old);

        assertThat(progress(job)).containsExactly("2 of 3");
        assertThat(count("job_log_lines")).isOne();
    }

    @Test
    void writesNothingOfAJobThatIsGone() {
        var job = enqueued();
        tables.store.deletePermanently(job.getId());
        var report = reports.of(job);
        report.progress(new Progress(1, 2));
        report.log("anybody there?");
        end(report);

        assertThat(count("job_progress") + count("job_log_lines")).isZero();
    }

    @Test
    void keepsNobodyWaitingWhereTheDatabaseIsAwayAndWritesWhenItIsBack() {
        var job = enqueued();
        var report = reports.of(job);
        away.set(true);
        report.progress(new Progress(1, 2));
        report.log("into the blue");
        long before = System.nanoTime();

        end(report);

        assertThat(System.nanoTime() - before).as("a second at most, on a machine with time")
                .isLessThan(10_000_000_000L);
        assertThat(progress(job)).isEmpty();
        away.set(false);
        Awaitility.await().until(() -> count("job_log_lines") == 1);
        assertThat(progress(job)).containsExactly("1 of 2");
    }

    @Test
    void writesWhatIsLeftWhenItCloses() {
        var job = enqueued();
        var report = reports.of(job);
        report.log("first");
        Awaitility.await().until(() -> count("job_log_lines") == 1);
        report.log("last");

        reports.close();

        assertThat(count("job_log_lines")).isEqualTo(2);
    }

    @Test
    void refusesProgressThatIsNone() {
        var report = reports.of(enqueued());

        assertThatIllegalArgumentException().isThrownBy(() -> report.progress(new Progress(3, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> report.progress(new Progress(-1, 2)));
        report.progress(new Progress(0, 0));
    }

    private static void end(Report report) {
        report.end();
        report.awaitWritten();
    }

    private static void say(Report report, String what, int times) {
        for (int i = 0; i < times; i++) {
            report.log(what + " " + i);
        }
        end(report);
    }

    private Job enqueued() {
        return tables.store.save(SealedJob.of(UUID.randomUUID(),
                new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"), new EnqueuedState(), List.of()));
    }

    /** The same, taken once more in its place, as one that was put off. */
    private static Job again(Job job) {
        return new Job(job.getId(), job.getVersion() + 2, job.getJobDetails(), job.getJobStates(),
                new ConcurrentHashMap<>());
    }

    private void noteEachWrite() {
        tables.jdbc.sql("""
                        create table writes (at timestamptz not null default clock_timestamp());
                        create function note() returns trigger language plpgsql as
                            'begin insert into public.writes default values; return null; end';
                        create trigger note after insert or update on millrace_jobs.job_progress
                            for each row execute function note()
                        """).update();
    }

    private int writes() {
        return tables.jdbc.sql("select count(*) from writes").query(Integer.class).single();
    }

    private List<String> progress(Job job) {
        return tables.jdbc.sql("select done || ' of ' || total from millrace_jobs.job_progress where job_id = ?")
                .param(job.getId()).query(String.class).list().stream().map(String::valueOf).toList();
    }

    private List<String> lines(Job job, int place) {
        var log = (JobDashboardLogLines) Objects.requireNonNull(
                tables.store.getJobById(job.getId()).getMetadata().get("jobRunrDashboardLog-" + place));
        return log.getLogLines().stream().map(JobDashboardLogLine::getLogMessage).toList();
    }

    private long count(String table) {
        return tables.jdbc.sql("select count(*) from millrace_jobs." + table).query(Long.class).single();
    }
}
