package io.millrace.api.http;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What a scrape asks for and has, rather than how long it takes: that is benchmarked. */
final class ScrapeTest {

    @SuppressWarnings("NullAway.Init")
    private static StatementRecorder recorder;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        recorder = StatementRecorder.of(TestPostgres.newDatabase());
        api = ApiUnderTest.startOn(recorder.jdbcUrl(),
                "spring.datasource.driver-class-name=" + RecordingDriver.class.getName());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void asksTheDatabaseForNothing() {
        var scrapes = 200;

        var asked = recorder.during(() -> {
            for (int i = 0; i < scrapes; i++) {
                assertThat(series()).isNotEmpty();
            }
        });

        // What the process does by itself goes on meanwhile: now and then, and not with each.
        assertThat(asked).hasSizeLessThan(scrapes / 2);
    }

    @Test
    void hasLittleThatIsNotMillracesOwn() {
        api.get("/posts");

        assertThat(series()).filteredOn(each -> !each.startsWith("millrace_")).hasSizeBetween(50, 100);
    }

    @Test
    void leavesOutWhatNobodyAsksFor() {
        assertThat(series()).noneMatch(each -> each.startsWith("tomcat_") || each.startsWith("jdbc_")
                || each.startsWith("jvm_threads_states") || each.startsWith("jvm_buffer"));
    }

    private static List<String> series() {
        var scrape = api.management("/actuator/prometheus");
        assertThat(scrape.status()).isEqualTo(200);
        return scrape.body().lines().filter(line -> !line.startsWith("#")).toList();
    }
}
