package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CopyBook;
import io.millrace.jobs.sample.CopyBookHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** A job that goes back into the queue at a stop goes on where it was. */
class PutBackAtAStopTest extends EmbeddedEngine {

    @Autowired
    CopyBookHandler handler;
    @Autowired
    JobServerFactory servers;
    @Autowired
    JobStore store;
    @Autowired
    DataSource database;
    @Autowired
    JobsSchema schema;
    @Autowired
    WakeUp wakeUp;

    @Test
    void goesOnThereAlsoWhereItHadSucceededOnceBefore() {
        var id = lookingUp(30);
        handler.comeBack();
        await(id, State.SUCCEEDED);
        int before = handler.lookingUp();
        var requeued = store.getJobById(id);
        requeued.enqueue();
        store.save(requeued);
        Awaitility.await().until(() -> handler.lookingUp() == before + 1);

        assertThat(rowsOf(worker(id), database).putBackAll()).isOne();

        Awaitility.await()
                .until(() -> results.find(id).filter(result -> result.json().contains("\"from\":5")).isPresent());
        theOldRunIsRefused(id);
    }

    @Test
    void goesBackAlsoWhereItSavesItsCheckpointAtThatMoment() throws SQLException {
        var id = lookingUp(31);
        try (var saves = database.getConnection(); var statement = saves.createStatement()) {
            saves.setAutoCommit(false);
            statement.execute("select from millrace_jobs.jobrunr_jobs where id = '%s' for share".formatted(id));
            var looks = new AtomicInteger();
            var own = rowsOf(worker(id), new DelegatingDataSource(database) {
                @Override
                public Connection getConnection() throws SQLException {
                    // The first two find the row, and that it is held.
                    if (looks.incrementAndGet() == 3) {
                        saves.commit();
                    }
                    return super.getConnection();
                }
            });

            new FinishJobs(servers.newServer().underWay(), own, Duration.ofMillis(20)).inTime(new ReentrantLock());

            saves.commit();
        }
        await(id, State.SUCCEEDED);
        assertThat(results.find(id).orElseThrow().json()).contains("\"from\":5");
        theOldRunIsRefused(id);
    }

    private UUID lookingUp(int number) {
        int before = handler.lookingUp();
        var id = queue.enqueue(new CopyBook(number, CopyBook.LOOKING_UP_AT_PAGE_FIVE));
        Awaitility.await().until(() -> handler.lookingUp() == before + 1);
        return id;
    }

    private void theOldRunIsRefused(UUID id) {
        handler.comeBack();
        Awaitility.await().until(() -> handler.refused().contains(id));
    }

    private UUID worker(UUID job) {
        return jdbc.sql("select worker from millrace_jobs.jobrunr_jobs where id = ?").param(job.toString())
                .query(UUID.class).single();
    }

    /** As that worker has it that stops. */
    private OwnJobs rowsOf(UUID worker, DataSource engine) {
        return new OwnJobs(new WorkerTables(engine, schema, wakeUp), store, servers.newServer().underWay(), worker);
    }
}
