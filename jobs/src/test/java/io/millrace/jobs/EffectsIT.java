package io.millrace.jobs;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ChargeCard;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Effects of a run whose worker is killed, or paused and overtaken. */
@Tag("long")
class EffectsIT {

    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private final String database = TestPostgres.newDatabase();
    private final Roads roads;

    EffectsIT(@TempDir Path diary) {
        this.roads = new Roads(database, diary);
    }

    @AfterEach
    void close() {
        roads.close();
    }

    @Test
    void areInDoubtAfterAKillInTheMiddleOfThem() throws Exception {
        try (var first = WorkerProcess.start(database, "first")) {
            var id = roads.charge(1, ChargeCard.ON_HOLD);
            roads.awaitDiary("1 is charged in " + first.pid(), A_WHILE);
            first.kill();

            try (var second = WorkerProcess.start(database, "second")) {
                roads.awaitDiary("1 is charged again in " + second.pid(), A_WHILE);
                roads.open(1);
                roads.await(id, State.SUCCEEDED, A_WHILE);
                assertThat(roads.result(id)).contains("\"attempt\":1",
                        Effect.of(id, "charge", true).idempotencyKey());
                assertThat(stored()).contains("\"process\":" + second.pid());
            }
        }
    }

    @Test
    void areNotRepeatedAfterAKillBehindThem() throws Exception {
        try (var first = WorkerProcess.start(database, "first")) {
            var id = roads.charge(2, ChargeCard.LOOKING_FOR_THE_RECEIPT);
            roads.awaitDiary("2 was charged in " + first.pid(), A_WHILE);
            first.kill();

            try (var second = WorkerProcess.start(database, "second")) {
                roads.awaitDiary("2 was charged in " + second.pid(), A_WHILE);
                roads.open(2);
                roads.await(id, State.SUCCEEDED, A_WHILE);
                assertThat(roads.result(id)).contains("\"process\":" + first.pid());
                assertThat(roads.diary()).filteredOn(line -> line.startsWith("2 is charged"))
                        .containsExactly("2 is charged in " + first.pid());
            }
        }
    }

    @Test
    void stayAsTheSuccessorOfAPausedRunHadThem() throws Exception {
        try (var paused = WorkerProcess.start(database, "paused")) {
            var id = roads.charge(3, ChargeCard.ON_HOLD);
            roads.awaitDiary("3 is charged in " + paused.pid(), A_WHILE);
            paused.pause();
            try (var other = WorkerProcess.start(database, "other")) {
                roads.awaitDiary("3 is charged again in " + other.pid(), A_WHILE);
                roads.open(3);
                roads.await(id, State.SUCCEEDED, A_WHILE);

                paused.resume();

                roads.awaitDiary("3 was lost in " + paused.pid(), A_WHILE);
                assertThat(stored()).contains("\"process\":" + other.pid());
                assertThat(roads.status(id).state()).isEqualTo(State.SUCCEEDED);
                assertThat(roads.result(id)).contains("\"process\":" + other.pid());
            }
        }
    }

    private String stored() {
        return roads.jdbc().sql("select value from millrace_jobs.job_effects").query(String.class).single();
    }
}
