package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoods;
import io.millrace.jobs.sample.CarryGoodsHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** To be alive costs a worker the same whatever it runs. */
class ManyRunningJobsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ManyRunningJobsTest.class);
    private static final int JOBS = 10_000;
    private static final Duration MINUTES = Duration.ofSeconds(30);

    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    @Tag("long")
    void writeNoRowForAsLongAsTheyRun() {
        var node = nodes.start("concurrency=" + JOBS);
        nodes.enqueue(IntStream.range(0, JOBS)
                .mapToObj(i -> new NewJob(new CarryGoods(i, CarryGoods.TO_THE_CAR_PARK, ""), EnqueueOptions.DEFAULTS)));
        Awaitility.await().atMost(Duration.ofSeconds(60))
                .until(() -> node.getBean(CarryGoodsHandler.class).begun() == JOBS);
        // Of a session that has nothing to do Postgres' statistics are some seconds old.
        Awaitility.await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(updates("jobrunr_jobs")).as("as each was taken").isEqualTo(JOBS));
        var beatsBefore = updates("job_workers");
        var before = databaseMillis();

        Awaitility.await().pollDelay(MINUTES).atMost(MINUTES.multipliedBy(2)).until(() -> true);

        assertThat(updates("jobrunr_jobs")).isEqualTo(JOBS);
        assertThat(updates("job_workers") - beatsBefore).isBetween(10L, 60L);
        LOG.info("{} running jobs: {} ms of Postgres' statements in {} s", JOBS, databaseMillis() - before,
                MINUTES.toSeconds());
        node.getBean(CarryGoodsHandler.class).letGo();
        nodes.awaitAll(State.SUCCEEDED, Duration.ofSeconds(60));
    }

    @Test
    void doNotStopTheHeartbeatWhereTheyUseUpAllThreadsThatCarryVirtualOnes() {
        var node = nodes.start();
        int carriers = Runtime.getRuntime().availableProcessors() + 2;
        nodes.enqueue(IntStream.range(0, carriers)
                .mapToObj(
                        i -> new NewJob(new CarryGoods(i, CarryGoods.ROUND_IN_CIRCLES, ""), EnqueueOptions.DEFAULTS)));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> node.getBean(CarryGoodsHandler.class)
                .begun() >= Runtime.getRuntime().availableProcessors());
        try {
            for (int i = 0; i < 5; i++) {
                var last = lastHeartbeat();
                Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> lastHeartbeat().isAfter(last));
            }
        } finally {
            node.getBean(CarryGoodsHandler.class).letGo();
        }
        nodes.awaitAll(State.SUCCEEDED, Duration.ofSeconds(30));
    }

    private Instant lastHeartbeat() {
        return nodes.jdbc().sql("select beat_at from millrace_jobs.job_workers").query(OffsetDateTime.class).single()
                .toInstant();
    }

    private long updates(String table) {
        return nodes.jdbc().sql("""
                                select n_tup_upd from pg_stat_user_tables
                                where schemaname = 'millrace_jobs' and relname = ?
                                """).param(table).query(Long.class).single();
    }

    private long databaseMillis() {
        return nodes.jdbc().sql("select active_time::bigint from pg_stat_database where datname = current_database()")
                .query(Long.class).single();
    }
}
