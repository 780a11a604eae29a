package io.millrace.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.PayBill;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that is killed while its transactional jobs are at different points; the table they write would take a row twice. */
@Tag("long")
class ExactlyOnceIT {

    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private final String database = TestPostgres.newDatabase();
    private final Roads roads;

    ExactlyOnceIT(@TempDir Path diary) {
        this.roads = new Roads(database, diary);
    }

    @AfterEach
    void close() {
        roads.close();
    }

    @Test
    void writesOnceWhateverPointItsWorkerIsKilledAt() throws Exception {
        var points = new String[]{PayBill.WAITING_BEFORE_THE_WRITE, PayBill.WAITING_AFTER_THE_WRITE,
                PayBill.WAITING_BEFORE_THE_COMMIT, PayBill.WAITING_AFTER_THE_COMMIT};
        var jobs = new ArrayList<UUID>();
        long killed;
        try (var first = WorkerProcess.start(database, "first")) {
            killed = first.pid();
            for (int i = 0; i < points.length; i++) {
                jobs.add(roads.pay(i, points[i]));
                roads.awaitDiary(i + " is " + points[i] + " in " + killed, A_WHILE);
            }
            assertThat(payments()).as("what is committed when it is killed").isEqualTo(1);
            first.kill();
        }
        for (int i = 0; i < points.length; i++) {
            roads.open(i);
        }
        try (var second = WorkerProcess.start(database, "second")) {
            for (int i = 0; i < points.length; i++) {
                var id = jobs.get(i);
                roads.await(id, State.SUCCEEDED, A_WHILE);
                boolean hadCommitted = points[i].equals(PayBill.WAITING_AFTER_THE_COMMIT);
                assertThat(roads.result(id)).as(points[i]).contains("\"number\":" + i, "\"attempt\":1",
                        "\"process\":" + (hadCommitted ? killed : second.pid()));
                assertThat(roads.jdbc().sql("select count(*) from payments where number = ?").param(i)
                        .query(Integer.class).single()).as(points[i]).isEqualTo(1);
            }
        }
        assertThat(payments()).isEqualTo(points.length);
    }

    private int payments() {
        return roads.jdbc().sql("select count(*) from payments").query(Integer.class).single();
    }
}
