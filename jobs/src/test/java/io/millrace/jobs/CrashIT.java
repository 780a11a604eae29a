package io.millrace.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
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

/** Workers that are processes of their own, and die without a word. */
@Tag("long")
class CrashIT {

    private static final Logger LOG = LoggerFactory.getLogger(CrashIT.class);
    private static final Duration RESCUED_WITHIN = Duration.ofSeconds(15);
    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private final String database = TestPostgres.newDatabase();
    private final Roads roads;

    CrashIT(@TempDir Path diary) {
        this.roads = new Roads(database, diary);
    }

    @AfterEach
    void close() {
        roads.close();
    }

    @Test
    void leaveTheirJobToAnotherThatRunsItWithinSecondsAsTheSameAttempt() throws Exception {
        try (var first = WorkerProcess.start(database, "first")) {
            var id = roads.send(1, CarryGoods.TO_THE_GATE);
            roads.awaitDiary("1 began in " + first.pid(), A_WHILE);
            try (var second = WorkerProcess.start(database, "second")) {
                awaitSteadiness();

                first.kill();
                long killed = System.nanoTime();
                roads.awaitDiary("1 began in " + second.pid(), RESCUED_WITHIN);
                LOG.info("a killed worker's job ran again after {} ms", (System.nanoTime() - killed) / 1_000_000);

                assertThat(roads.status(id).attempt()).isEqualTo(1);
                assertThat(roads.crashes(id)).isEqualTo(1);
                roads.open(1);
                roads.await(id, State.SUCCEEDED, A_WHILE);
                assertThat(roads.result(id)).contains("\"process\":" + second.pid(), "\"attempt\":1");
                assertThat(roads.diary()).hasSize(2);
            }
        }
    }

    @Test
    void leaveTheirJobsToTheirSuccessorWhereNobodyElseIsThere() throws Exception {
        try (var first = WorkerProcess.start(database, "first")) {
            var id = roads.send(1, CarryGoods.TO_THE_GATE);
            roads.awaitDiary("1 began in " + first.pid(), A_WHILE);
            first.kill();
            long killed = System.nanoTime();
            try (var second = WorkerProcess.start(database, "second")) {
                roads.awaitDiary("1 began in " + second.pid(), RESCUED_WITHIN);
                LOG.info("its job ran again {} ms after the only worker was killed, start of another included",
                        (System.nanoTime() - killed) / 1_000_000);
                roads.open(1);
                roads.await(id, State.SUCCEEDED, A_WHILE);
            }
        }
    }

    @Test
    void areKilledByOneJobThreeTimesAndNotAgainAndItsNeighboursSucceed() throws Exception {
        // It rescues, and takes none of these itself.
        try (var rescuer = WorkerProcess.start(database, "rescuer", "queues=shipping")) {
            assertThat(rescuer.pid()).isPositive();
            var neighbours = IntStream.range(1, 9).mapToObj(i -> roads.send(i, CarryGoods.TO_THE_GATE)).toList();
            var poison = roads.send(99, CarryGoods.OVER_THE_CLIFF);
            for (int crash = 1; crash <= 2; crash++) {
                die("victim-" + crash);
                int crashes = crash;
                Awaitility.await().atMost(A_WHILE).untilAsserted(() -> {
                    assertThat(roads.crashes(poison)).isEqualTo(crashes);
                    assertThat(roads.status(poison).state()).isIn(State.ENQUEUED, State.SCHEDULED);
                });
            }
            for (int i = 1; i < 9; i++) {
                roads.open(i);
            }
            die("victim-3");

            roads.await(poison, State.FAILED, A_WHILE);
            var failed = roads.status(poison);
            assertThat(failed.attempt()).isEqualTo(1);
            assertThat(failed.error()).isNotNull();
            assertThat(String.valueOf(failed.error())).contains("WorkerCrashed", "worker victim-3 died",
                    "as others did before");
            try (var last = WorkerProcess.start(database, "last", "queues=roads")) {
                assertThat(last.pid()).isPositive();
                neighbours.forEach(id -> roads.await(id, State.SUCCEEDED, A_WHILE));
            }
            assertThat(roads.diary()).filteredOn(line -> line.startsWith("99 ")).hasSize(3);
        }
    }

    private void die(String name) throws Exception {
        try (var victim = WorkerProcess.start(database, name, "queues=roads")) {
            victim.awaitDeath();
        }
    }

    /** Who has just come may find heartbeats old for lack of a database, and waits. */
    private void awaitSteadiness() {
        Awaitility.await().pollDelay(RescueJobs.SILENT.plusSeconds(1)).atMost(A_WHILE).until(() -> true);
    }
}
