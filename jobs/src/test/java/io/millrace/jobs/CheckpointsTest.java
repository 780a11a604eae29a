package io.millrace.jobs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.storage.StorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.Attempt.Told;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Only the run whose job it is saves a checkpoint. */
class CheckpointsTest {

    private static final int FIRST = 2;

    private final StoreTables tables = new StoreTables();
    private final Checkpoints checkpoints = new Checkpoints(tables.database, tables.schema);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void keepsTheLastOfTheRunWhoseJobItIs() {
        var job = running();
        assertThat(checkpoints.load(job)).isEmpty();

        assertThat(checkpoints.save(job, FIRST, "1")).isEmpty();
        assertThat(checkpoints.save(job, FIRST, "2")).isEmpty();

        assertThat(checkpoints.load(job)).hasValue("2");
        assertThat(checkpoints.load(UUID.randomUUID())).isEmpty();
    }

    @Test
    void refusesARunWhoseJobWasGivenToAnother() {
        var job = running();
        checkpoints.save(job, FIRST, "1");
        giveToAnother(job);

        assertThat(checkpoints.save(job, FIRST, "the old one's")).hasValue(Told.REPLACED);

        assertThat(checkpoints.load(job)).as("for the new one").hasValue("1");
        assertThat(checkpoints.save(job, FIRST + 2, "the new one's")).isEmpty();
        assertThat(checkpoints.save(job, FIRST, "the old one's")).hasValue(Told.REPLACED);
        assertThat(checkpoints.load(job)).hasValue("the new one's");
    }

    @Test
    void refusesARunWhoseJobWaitsToBeTakenAgainOrIsCancelledOrGone() {
        var back = running();
        change("state = 'ENQUEUED', version = version + 1", back);
        var cancelled = running();
        change("state = 'DELETED', version = version + 1", cancelled);
        var gone = running();
        tables.store.deletePermanently(gone);

        assertThat(checkpoints.save(back, FIRST, "1")).hasValue(Told.REPLACED);
        assertThat(checkpoints.save(cancelled, FIRST, "1")).hasValue(Told.CANCELLED);
        assertThat(checkpoints.save(gone, FIRST, "1")).hasValue(Told.REPLACED);
        assertThat(List.of(checkpoints.load(back), checkpoints.load(cancelled), checkpoints.load(gone)))
                .containsOnly(Optional.empty());
    }

    @Test
    void waitsForWhoTakesTheJobAwayAtThatMoment() throws SQLException {
        var job = running();
        try (var rescuer = tables.database.getConnection()) {
            rescuer.setAutoCommit(false);
            execute(rescuer,
                    "update millrace_jobs.jobrunr_jobs set version = version + 1, state = 'ENQUEUED' where id = '%s'"
                            .formatted(job));
            var late = CompletableFuture.supplyAsync(() -> checkpoints.save(job, FIRST, "1"));
            Awaitility.await().pollInterval(Duration.ofMillis(5))
                    .until(() -> tables.jdbc.sql("""
                                                 select exists(select from pg_stat_activity
                                                     where wait_event_type = 'Lock' and query like '%job_checkpoints%')
                                                 """).query(Boolean.class).single());
            assertThat(late).isNotDone();

            rescuer.commit();

            assertThat(late.join()).hasValue(Told.REPLACED);
        }
        assertThat(checkpoints.load(job)).isEmpty();
    }

    @Test
    void doesNotWaitForEverForWhoHoldsTheRow() throws SQLException {
        var job = running();
        var hasty = new Checkpoints(tables.database, tables.schema, Duration.ofMillis(50));
        try (var holder = tables.database.getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "update millrace_jobs.jobrunr_jobs set priority = 1 where id = '%s'".formatted(job));

            assertThatThrownBy(() -> hasty.save(job, FIRST, "1")).isInstanceOf(StorageException.class)
                    .hasStackTraceContaining("lock timeout");
            holder.rollback();
        }
        assertThat(hasty.save(job, FIRST, "1")).isEmpty();
    }

    /** As many as there are connections. */
    @Test
    void leavesConnectionsToOthersWhileRowsAreHeld() throws SQLException {
        int most = tables.database.getMaximumPoolSize();
        var jobs = IntStream.range(0, most).mapToObj(_ -> running()).toList();
        try (var holder = DriverManager.getConnection(tables.database.getJdbcUrl());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            execute(holder, "update millrace_jobs.jobrunr_jobs set priority = 1");
            var saves = jobs.stream()
                    .map(job -> CompletableFuture.supplyAsync(() -> checkpoints.save(job, FIRST, "1"), threads))
                    .toList();

            // From a moment when all of them wait.
            Awaitility.await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20))
                    .until(() -> tables.jdbc.sql("select 1").query(Integer.class).single() == 1);

            assertThat(saves).noneMatch(CompletableFuture::isDone);
            holder.rollback();
            assertThat(saves).allMatch(save -> save.join().isEmpty());
        }
    }

    @Test
    void triesOnceMoreWhereItIsToldToStopMeanwhile() throws Exception {
        var job = running();
        var outcome = new CompletableFuture<Optional<Told>>();
        try (var holder = tables.database.getConnection()) {
            holder.setAutoCommit(false);
            execute(holder, "update millrace_jobs.jobrunr_jobs set state = 'DELETED', version = 3 where id = '%s'"
                    .formatted(job));
            var saving = Thread.ofPlatform().start(() -> outcome.complete(checkpoints.save(job, FIRST, "1")));
            // Between two tries.
            Awaitility.await().pollInterval(Duration.ofMillis(5))
                    .until(() -> saving.getState() == Thread.State.TIMED_WAITING);
            holder.commit();

            saving.interrupt();

            assertThat(outcome.get(10, TimeUnit.SECONDS)).hasValue(Told.CANCELLED);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Taken as version 2. */
    private UUID running() {
        var job = tables.store.save(SealedJob.of(UUID.randomUUID(),
                new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"), new EnqueuedState(), List.of())).getId();
        change("state = 'PROCESSING', version = " + FIRST, job);
        return job;
    }

    private void giveToAnother(UUID job) {
        change("state = 'ENQUEUED', version = version + 1", job);
        change("state = 'PROCESSING', version = version + 1", job);
    }

    private void change(String set, UUID job) {
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set %s where id = ?".formatted(set)).param(job.toString())
                .update();
    }
}
