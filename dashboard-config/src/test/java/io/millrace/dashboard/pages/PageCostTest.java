package io.millrace.dashboard.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.NewJob;
import io.millrace.testkit.RecordedStatement;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What pages ask of the database: on a dashboard where nothing else does. */
class PageCostTest {

    private static final StatementRecorder RECORDER = StatementRecorder.of(TestPostgres.newDatabase());
    private static RunningDashboard dashboard;

    @BeforeAll
    static void start() {
        dashboard = RunningDashboard.on(RECORDER.jdbcUrl(),
                "--spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
                "--millrace.jobs.worker.enabled=false", "--millrace.jobs.figures.cluster=false",
                "--millrace.jobs.figures.enabled=false");
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void asksForNoMoreWhereThereAreMoreJobs() {
        var visitor = dashboard.operator();
        var id = dashboard.enqueue(new CountWords("a"));
        var pages = List.of("/queues", "/job-types", "/job-types/count-words?window=24h", "/search",
                "/search?state=ENQUEUED",
                "/search?error=broken", "/workers", "/schedules", "/mail-and-files", "/jobs/" + id,
                "/search/retry?type=count-words", "/search/cancel?type=count-words");
        var few = statements(visitor, pages);
        dashboard.bean(JobQueue.class).enqueueAllWith(IntStream.range(0, 2_000)
                .mapToObj(number -> new NewJob(new CountWords("a"), EnqueueOptions.DEFAULTS)));

        var many = statements(visitor, pages);

        assertThat(few).allSatisfy((page, count) -> assertThat(count).as(page).isBetween(0, 20));
        many.forEach((page, count) -> assertThat(count).as(page).isLessThanOrEqualTo(few.getOrDefault(page, 0) + 1));
    }

    private static Map<String, Integer> statements(Person visitor, List<String> pages) {
        var counts = new LinkedHashMap<String, Integer>();
        for (var page : pages) {
            counts.put(page, (int) RECORDER.during(() -> visitor.page(page)).stream().map(RecordedStatement::sql)
                    .filter(sql -> !sql.startsWith("set ")).count());
        }
        return counts;
    }
}
