package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker that takes as many jobs as it can does without a look at all queues, for a moment. */
class WaitingJobsTest {

    private final StoreTables tables = new StoreTables();
    private final AtomicLong nanos = new AtomicLong();
    private final WaitingJobs waiting = new WaitingJobs(tables.schema, QueueSubscription.ALL, nanos::get);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void giveTheJobsOfAnotherQueueTheirShareAfterAMoment() throws SQLException {
        takeAsManyAsItCan(200);
        var other = moveOneTo("mail");

        after(OpenQueues.KEPT.minusNanos(1));
        assertThat(look(64)).hasSize(64).doesNotContain(other);
        after(Duration.ofNanos(1));
        assertThat(look(64)).hasSize(64).contains(other);
    }

    @ParameterizedTest
    @CsvSource({"200, 63", "100, 101"})
    void giveThemTheirShareAtOnceWhereFewWereTakenOrThereWasRoom(int jobs, int wanted) throws SQLException {
        tables.add("ENQUEUED", jobs);
        assertThat(look(wanted)).hasSize(Math.min(jobs, wanted));

        var other = moveOneTo("mail");

        assertThat(look(64)).contains(other);
    }

    @Test
    void findTheJobsOfAnotherQueueAtOnceWhereThereIsRoom() throws SQLException {
        takeAsManyAsItCan(100);
        var other = moveOneTo("mail");

        assertThat(look(200)).hasSize(100).doesNotHaveDuplicates().contains(other);
    }

    @Test
    void findAllWhereTheQueueIsEmptyThatHadMore() throws SQLException {
        takeAsManyAsItCan(100);
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set queue = 'mail'").update();

        assertThat(look(64)).hasSize(64).doesNotHaveDuplicates();
    }

    @Test
    void takeNothingOfAPausedQueue() throws SQLException {
        takeAsManyAsItCan(200);
        var other = moveOneTo("mail");

        tables.jdbc.sql("insert into millrace_jobs.paused_queues (name) values ('default')").update();

        assertThat(look(64)).containsExactly(other);
    }

    @Test
    void keepARateThatWasSetMeanwhile() throws SQLException {
        takeAsManyAsItCan(200);
        var other = moveOneTo("mail");

        tables.jdbc.sql("""
                        insert into millrace_jobs.queue_rates (name, jobs, per, due_at)
                        values ('default', 1, interval '1 hour', now())
                        """).update();

        assertThat(look(64)).as("the one that is due").hasSize(2).contains(other);
    }

    @Test
    void lookForTheJobsOfAKeyThatHasAPlaceFree() throws SQLException {
        takeAsManyAsItCan(200);
        var limited = tables.someId("ENQUEUED");
        tables.jdbc
                .sql("""
                     update millrace_jobs.jobrunr_jobs set concurrencyKey = 'tenant:42', concurrencyLimit = 1, priority = 100
                     where id = ?
                     """)
                .param(limited.toString()).update();

        assertThat(look(64)).as("a moment later it is seen").hasSize(64).doesNotContain(limited);
        assertThat(look(64, Set.of("tenant:42"))).hasSize(64).contains(limited);
        assertThat(look(64)).as("what has to be counted is not overlooked again").contains(limited);
    }

    /** Of so many that wait: the next looks may do without one. */
    private void takeAsManyAsItCan(int jobs) throws SQLException {
        tables.add("ENQUEUED", jobs);
        assertThat(look(64)).hasSize(64);
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private UUID moveOneTo(String queue) {
        var id = tables.someId("ENQUEUED");
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set queue = ? where id = ?").param(queue)
                .param(id.toString()).update();
        return id;
    }

    private List<UUID> look(int most) throws SQLException {
        return look(most, Set.of());
    }

    private List<UUID> look(int most, Set<String> freed) throws SQLException {
        try (var connection = tables.database.getConnection();
                var claim = new Slots(1_024, QueueSubscription.ALL).claim()) {
            connection.setAutoCommit(false);
            var found = waiting.call(claim, freed).lock(connection, most).jobs();
            connection.rollback();
            return found;
        }
    }
}
