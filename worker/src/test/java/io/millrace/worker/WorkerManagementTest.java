package io.millrace.worker;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;

import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobSpans;

import static org.assertj.core.api.Assertions.assertThat;

/** The one port a worker has; there is no mail server behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkerManagementTest {

    private final WorkerUnderTest worker = WorkerUnderTest.start("spring.mail.port=1");

    @AfterAll
    void stop() {
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/liveness", "/actuator/health/readiness"})
    void isUpWithoutAMailServer(String path) {
        assertThat(worker.management(path).body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void showsItsMetricsToPrometheus() {
        assertThat(worker.management("/actuator/prometheus").body()).contains("jvm_memory_used_bytes",
                "hikaricp_connections_max{pool=\"millrace\"} 16.0", "hikaricp_connections_max{pool=\"engine\"} 8.0");
    }

    @Test
    void hasAFewDozenSeriesForEachJobTypeAndLittleElse() {
        int types = worker.bean(JobCatalog.class).queues().size();

        var series = worker.management("/actuator/prometheus").body().lines().filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(series).filteredOn(each -> each.startsWith("millrace_jobs_"))
                .hasSizeBetween(40 * types, 45 * types + 60);
        assertThat(series).filteredOn(each -> !each.startsWith("millrace_")).hasSizeBetween(50, 110);
    }

    @Test
    void tracesNothingUntilACollectorIsNamed() {
        assertThat(worker.beans(JobSpans.class)).isEmpty();
        assertThat(worker.bean(DataSource.class)).isInstanceOf(HikariDataSource.class);
        assertThat(worker.beans(SpanExporters.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator/env", "/actuator/beans", "/actuator/shutdown", "/actuator/heapdump",
            "/actuator/loggers", "/templates/mail/welcome.html", "/mail/welcome"})
    void servesNothingElse(String path) {
        assertThat(worker.management(path).statusCode()).isEqualTo(404);
    }

    @Test
    void opensNoOtherPort() {
        assertThat(worker.property("local.server.port")).isIn(null, "-1");
    }
}
