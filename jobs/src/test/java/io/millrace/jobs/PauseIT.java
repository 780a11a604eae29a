package io.millrace.jobs;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoods;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that stands still for longer than it may, and then goes on as if nothing had happened. */
@Tag("long")
class PauseIT {

    private static final Logger LOG = LoggerFactory.getLogger(PauseIT.class);
    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private final String database = TestPostgres.newDatabase();
    private final Roads roads;

    PauseIT(@TempDir Path diary) {
        this.roads = new Roads(database, diary);
    }

    @AfterEach
    void close() {
        roads.close();
    }

    @Test
    void writesNothingOverTheRunThatTookItsJobsPlaceAndIsToldToStop() throws Exception {
        try (var paused = WorkerProcess.start(database, "paused")) {
            var ended = roads.send(1, CarryGoods.TO_THE_GATE);
            var running = roads.send(2, CarryGoods.TO_THE_GATE);
            roads.awaitDiary("1 began in " + paused.pid(), A_WHILE);
            roads.awaitDiary("2 began in " + paused.pid(), A_WHILE);
            try (var other = WorkerProcess.start(database, "other")) {
                paused.pause();
                long since = System.nanoTime();
                roads.awaitDiary("1 began in " + other.pid(), A_WHILE);
                roads.awaitDiary("2 began in " + other.pid(), A_WHILE);
                LOG.info("a paused worker's jobs ran again after {} ms", (System.nanoTime() - since) / 1_000_000);
                roads.open(1);
                roads.await(ended, State.SUCCEEDED, A_WHILE);
                var itsEnd = roads.status(ended);

                paused.resume();

                // The gate of the second is closed: only who is told leaves.
                roads.awaitDiary("2 was stopped in " + paused.pid(), A_WHILE);
                var after = roads.send(3, "somewhere");
                roads.await(after, State.SUCCEEDED, A_WHILE);
                assertThat(roads.status(ended)).isEqualTo(itsEnd);
                assertThat(roads.result(ended)).contains("\"process\":" + other.pid());
                assertThat(roads.status(running).state()).isEqualTo(State.PROCESSING);
                roads.open(2);
                roads.await(running, State.SUCCEEDED, A_WHILE);
                assertThat(roads.result(running)).contains("\"process\":" + other.pid(), "\"attempt\":1");
                assertThat(roads.crashes(running)).isEqualTo(1);
                assertThat(roads.diary()).filteredOn(line -> line.startsWith("2 began")).hasSize(2);
            }
        }
    }

    @Test
    void takesJobsAgainWhenItGoesOn() throws Exception {
        try (var paused = WorkerProcess.start(database, "paused", "queues=roads");
                var other = WorkerProcess.start(database, "other", "queues=shipping")) {
            assertThat(other.pid()).isPositive();
            roads.await(roads.send(1, "somewhere"), State.SUCCEEDED, A_WHILE);
            paused.pause();
            var meanwhile = roads.send(2, "somewhere");
            org.awaitility.Awaitility.await().atMost(A_WHILE).until(() -> roads.jdbc()
                    .sql("select count(*) from millrace_jobs.job_workers").query(Integer.class).single() == 1);

            paused.resume();

            roads.await(meanwhile, State.SUCCEEDED, A_WHILE);
            assertThat(roads.result(meanwhile)).contains("\"process\":" + paused.pid());
            org.awaitility.Awaitility.await().atMost(A_WHILE).until(() -> roads.jdbc()
                    .sql("select count(*) from millrace_jobs.job_workers").query(Integer.class).single() == 2);
        }
    }
}
