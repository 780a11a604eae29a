package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
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

import static org.assertj.core.api.Assertions.assertThat;

/** What runs say while it cannot be written. */
class ReportsOutageTest {

    private static final long MOST = 200_000;

    private final StoreTables tables = new StoreTables();
    private final AtomicBoolean away = new AtomicBoolean(true);
    private final ConcurrentLinkedQueue<Long> tries = new ConcurrentLinkedQueue<>();
    private volatile Runnable meanwhile = () -> {
    };
    private final Reports reports = new Reports(new WriteReports(new DelegatingDataSource(tables.database) {
        @Override
        public Connection getConnection() throws SQLException {
            tries.add(System.nanoTime());
            meanwhile.run();
            if (away.get()) {
                throw new SQLException("as if it were away");
            }
            return super.getConnection();
        }
    }, tables.schema), Clock.systemUTC(), MOST);

    @AfterEach
    void close() {
        reports.close();
        tables.close();
    }

    @Test
    void isTriedOnceASecondHoweverManySayMoreMeanwhile() {
        var chatty = Stream.generate(this::enqueued).limit(20).map(reports::of).toList();
        meanwhile = () -> chatty.forEach(report -> report.log("still there"));
        chatty.forEach(report -> report.log("is anybody there?"));

        Awaitility.await().until(() -> tries.size() >= 5);

        var times = List.copyOf(tries);
        assertThat(times.get(4) - times.get(0)).as("nanoseconds for four pauses").isGreaterThan(3_800_000_000L);
    }

    @Test
    void isWrittenOfAllOthersWhereThatOfOneIsRefused() {
        away.set(false);
        tables.jdbc.sql("""
                        alter table millrace_jobs.job_log_lines
                            add constraint nothing_illegible check (text <> 'illegible')
                        """).update();
        var illegible = enqueued();
        var jobs = Stream.generate(this::enqueued).limit(20).toList();
        meanwhile = () -> {
            meanwhile = () -> {
            };
            // All of them together in the next transaction.
            say(illegible, "illegible");
            jobs.forEach(job -> say(job, "legible"));
            throw new IllegalStateException("not yet");
        };
        say(enqueued(), "the first");

        Awaitility.await().until(() -> count() == 21);
        int before = tries.size();
        Awaitility.await().until(() -> tries.size() > before);
        assertThat(shown(illegible)).isEmpty();
    }

    @Test
    void takesNoMoreThanItsShareOfTheMemoryAndKeepsTheNewestAndWhateverIsLittle() {
        var quiet = enqueued();
        reports.of(quiet).log("hardly anything");
        var chatty = Stream.generate(this::enqueued).limit(50).toList();
        var said = chatty.stream().map(reports::of).toList();
        for (int i = 0; i < 100; i++) {
            var line = "line " + i + " " + "x".repeat(500);
            said.forEach(report -> report.log(line));
            assertThat(reports.unwritten().taken()).isLessThanOrEqualTo(MOST);
        }

        away.set(false);
        said.forEach(Report::end);

        Awaitility.await().until(() -> reports.unwritten().taken() == 0);
        assertThat(shown(quiet)).containsExactly("hardly anything");
        assertThat(chatty).allSatisfy(job -> {
            var lines = shown(job);
            assertThat(lines.getFirst()).matches("\\(9\\d lines of this run's log are not kept\\)");
            assertThat(lines.getLast()).startsWith("line 99 ");
            assertThat(lines.getFirst()).startsWith("(" + (101 - lines.size()));
        });
    }

    private void say(Job job, String line) {
        var report = reports.of(job);
        report.log(line);
        report.end();
    }

    private Job enqueued() {
        return tables.store.save(SealedJob.of(UUID.randomUUID(),
                new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"), new EnqueuedState(), List.of()));
    }

    private List<String> shown(Job job) {
        var metadata = tables.store.getJobById(job.getId()).getMetadata();
        return metadata.isEmpty()
                ? List.of()
                : ((JobDashboardLogLines) Objects
                        .requireNonNull(metadata.get("jobRunrDashboardLog-" + job.getJobStates().size())))
                        .getLogLines().stream().map(JobDashboardLogLine::getLogMessage).toList();
    }

    private long count() {
        return tables.jdbc.sql("select count(*) from millrace_jobs.job_log_lines").query(Long.class).single();
    }
}
