package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks of a worker that takes as many jobs as it can, so that the next ones go without a look at the queues. */
class WaitingJobsTest {

    private final StoreTables tables = new StoreTables();
    private final WaitingJobs waiting = new WaitingJobs(tables.schema, QueueSubscription.ALL);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void findTheJobsOfAnotherQueueWhereThereIsRoom() throws SQLException {
        tables.add("ENQUEUED", 100);
        assertThat(look(64)).hasSize(64);
        var other = moveOneTo("mail");

        assertThat(look(200)).hasSize(100).doesNotHaveDuplicates().contains(other);
    }

    @Test
    void findAllWhereTheQueueIsEmptyThatWasFull() throws SQLException {
        tables.add("ENQUEUED", 100);
        assertThat(look(64)).hasSize(64);
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set queue = 'mail'").update();

        assertThat(look(64)).hasSize(64).doesNotHaveDuplicates();
    }

    @Test
    void giveTheJobsOfAnotherQueueTheirShareSoon() throws SQLException {
        tables.add("ENQUEUED", 200);
        assertThat(look(64)).hasSize(64);
        var other = moveOneTo("mail");

        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(5))
                .until(() -> look(64).contains(other));
    }

    @Test
    void takeNothingOfAPausedQueueSoon() throws SQLException {
        tables.add("ENQUEUED", 200);
        assertThat(look(64)).hasSize(64);
        tables.jdbc.sql("insert into millrace_jobs.paused_queues (name) values ('default')").update();

        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(5))
                .until(() -> look(64).isEmpty());
    }

    /** Even where the queue was seen without one a moment ago: the rest of the look does not read it as more room. */
    @Test
    void keepARateThatWasSetMeanwhile() throws SQLException {
        tables.add("ENQUEUED", 200);
        assertThat(look(64)).hasSize(64);
        tables.jdbc.sql("""
                        insert into millrace_jobs.queue_rates (name, jobs, per, due_at)
                        values ('default', 20, interval '1 hour', now())
                        """).update();

        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(5))
                .until(() -> look(64).size() < 64);
        assertThat(look(64)).as("a twentieth ahead, and the one that is due").hasSizeBetween(1, 2);
    }

    private UUID moveOneTo(String queue) {
        var id = tables.someId("ENQUEUED");
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set queue = ? where id = ?").param(queue)
                .param(id.toString()).update();
        return id;
    }

    private List<UUID> look(int most) throws SQLException {
        try (var connection = tables.database.getConnection();
                var claim = new Slots(1_024, QueueSubscription.ALL).claim()) {
            connection.setAutoCommit(false);
            var found = waiting.call(claim, Set.of()).lock(connection, most).jobs();
            connection.rollback();
            return found;
        }
    }
}
