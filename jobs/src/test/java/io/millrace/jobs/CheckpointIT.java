package io.millrace.jobs;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoods;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run has saved whose worker is killed, or paused and overtaken. */
@Tag("long")
class CheckpointIT {

    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private final String database = TestPostgres.newDatabase();
    private final Roads roads;

    CheckpointIT(@TempDir Path diary) {
        this.roads = new Roads(database, diary);
    }

    @AfterEach
    void close() {
        roads.close();
    }

    @Test
    void survivesTheKillOfTheProcessThatSavedIt() throws Exception {
        try (var first = WorkerProcess.start(database, "first")) {
            var id = roads.send(1, CarryGoods.BY_STAGES);
            roads.awaitDiary("1 came from stage 0 in " + first.pid(), A_WHILE);
            first.kill();

            try (var second = WorkerProcess.start(database, "second")) {
                roads.awaitDiary("1 came from stage 1 in " + second.pid(), A_WHILE);
                roads.open(1);
                roads.await(id, State.SUCCEEDED, A_WHILE);
            }
        }
    }

    @Test
    void isNotOverwrittenByAPausedRunWhoseJobAnotherHasDoneMeanwhile() throws Exception {
        try (var paused = WorkerProcess.start(database, "paused", "queues=roads")) {
            var id = roads.send(2, CarryGoods.BY_STAGES);
            roads.awaitDiary("2 came from stage 0 in " + paused.pid(), A_WHILE);
            try (var other = WorkerProcess.start(database, "other", "queues=roads")) {
                paused.pause();
                roads.awaitDiary("2 came from stage 1 in " + other.pid(), A_WHILE);
                roads.open(2);
                roads.await(id, State.SUCCEEDED, A_WHILE);
                var result = roads.result(id);
                assertThat(checkpoint()).isEqualTo("101");

                paused.resume();

                roads.awaitDiary("2 was refused in " + paused.pid(), A_WHILE);
                assertThat(checkpoint()).isEqualTo("101");
                assertThat(roads.status(id).state()).isEqualTo(State.SUCCEEDED);
                assertThat(roads.result(id)).isEqualTo(result).contains("\"process\":" + other.pid());
                assertThat(roads.diary()).filteredOn(line -> line.startsWith("2 is through"))
                        .containsExactly("2 is through in " + other.pid());
            }
        }
    }

    private String checkpoint() {
        return roads.jdbc().sql("select value from millrace_jobs.job_checkpoints").query(String.class).single();
    }
}
