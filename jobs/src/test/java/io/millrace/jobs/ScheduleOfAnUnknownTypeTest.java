package io.millrace.jobs;

import java.time.ZoneOffset;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A process that knows no job types, such as the dashboard's, runs schedules all the same. */
class ScheduleOfAnUnknownTypeTest {

    private final Nodes nodes = new Nodes();
    private final JobSchedules stranger = nodes
            .start("millrace.jobs.packages=io.millrace.nowhere", "millrace.jobs.worker.enabled=false")
            .getBean(JobSchedules.class);

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void runsWithWhatAWorkerHasSaidOfTheType() {
        var worker = nodes.start("queues=harbour,shipping");
        var known = worker.getBean(JobSchedules.class);
        known.put("as-the-type-says", new ShipOrder(7, "somewhere"), SchedulesUnderTest.HOURLY.withPaused(true));
        known.put("otherwise", new ShipOrder(8, "elsewhere"),
                new ScheduleOptions("@hourly", null, ZoneOffset.UTC, false,
                        "harbour", 5, 2, List.of("fleet"), ScheduleOptions.MissedRuns.ONCE,
                        ScheduleOptions.Overlap.ALLOW,
                        null));
        Awaitility.await().until(() -> nodes.jdbc().sql("select count(*) from millrace_jobs.job_types")
                .query(Integer.class).single() > 0);

        var first = stranger.runNow("as-the-type-says").orElseThrow();
        var second = stranger.runNow("otherwise").orElseThrow();

        var queue = worker.getBean(JobQueue.class);
        Awaitility.await().until(() -> List.of(first, second).stream()
                .allMatch(id -> queue.find(id).orElseThrow().state() == JobStatus.State.SUCCEEDED));
        var type = worker.getBean(JobCatalog.class).find("ship-order").orElseThrow();
        assertThat(queue.find(first).orElseThrow()).satisfies(job -> {
            assertThat(job.type()).isEqualTo("ship-order");
            assertThat(job.queue()).isEqualTo(type.queue());
            assertThat(job.priority()).isEqualTo(type.priority());
            assertThat(job.maxAttempts()).isEqualTo(type.maxAttempts());
            assertThat(job.labels()).containsExactly("schedule:as-the-type-says");
        });
        assertThat(queue.find(second).orElseThrow()).satisfies(job -> {
            assertThat(job.queue()).isEqualTo("harbour");
            assertThat(job.priority()).isEqualTo(5);
            assertThat(job.maxAttempts()).isEqualTo(2);
            assertThat(job.labels()).containsExactly("fleet", "schedule:otherwise");
        });
        assertThat(stranger.find("otherwise").orElseThrow().lastJobId()).isEqualTo(second);
    }

    @Test
    void queuesNothingAsLongAsNoWorkerHasSaidWhatTheTypeIs() {
        nodes.start("auto-start=false").getBean(JobSchedules.class).put("early", new ShipOrder(7, "somewhere"),
                SchedulesUnderTest.HOURLY);

        assertThatExceptionOfType(UnknownJobType.class).isThrownBy(() -> stranger.runNow("early"));

        assertThat(stranger.find("early").orElseThrow().lastJobId()).isNull();
        assertThat(nodes.jdbc().sql("select count(*) from millrace_jobs.jobrunr_jobs").query(Integer.class).single())
                .isZero();
    }

    /** As after a new version: the worker that started last is right. */
    @Test
    void goesByTheLastThatWasSaid() {
        nodes.start();
        var inTable = nodes.jdbc().sql("select max_attempts from millrace_jobs.job_types where name = 'ship-order'")
                .query(Integer.class);
        Awaitility.await().until(() -> !inTable.list().isEmpty());

        nodes.start("millrace.jobs.types.ship-order.max-attempts=33");

        Awaitility.await().untilAsserted(() -> assertThat(inTable.single()).isEqualTo(33));
    }
}
