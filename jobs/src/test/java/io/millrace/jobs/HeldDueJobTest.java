package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.ScheduledState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A job that is due while a caller holds its row, such as one that keeps or cancels it. */
class HeldDueJobTest {

    private static final Duration A_WHILE = Duration.ofMillis(600);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isLookedForAFewTimesASecondAndFoundSoonAfterItIsFree(boolean wakeUps) throws SQLException {
        try (var tables = new StoreTables();
                var store = new Counting(tables);
                var wakeUp = new WakeUp(tables.database, tables.schema, wakeUps);
                var caller = tables.database.getConnection();
                var statement = caller.createStatement()) {
            store.save(due());
            caller.setAutoCommit(false);
            statement.execute("select from millrace_jobs.jobrunr_jobs for update");
            try (var listener = new WakeUpListener(tables.database, wakeUp, store, () -> {
            })) {
                assertThat(listener).isNotNull();
                Awaitility.await().until(() -> store.looks.get() > 0);
                int before = store.looks.get();
                LockSupport.parkNanos(A_WHILE.toNanos());
                assertThat(store.looks.get() - before).isBetween(2, 40);

                caller.rollback();
                Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> tables.count("ENQUEUED") == 1);
            }
        }
    }

    @Test
    void isPutIntoTheQueueAfterAnError() throws Exception {
        try (var tables = new StoreTables();
                var store = new Counting(tables);
                var wakeUp = new WakeUp(tables.database, tables.schema, true)) {
            store.save(due());
            store.fails.set(1);
            try (var listener = new WakeUpListener(tables.database, wakeUp, store, () -> {
            })) {
                assertThat(listener).isNotNull();
                Awaitility.await().until(() -> tables.count("ENQUEUED") == 1);
                assertThat(store.fails).hasNegativeValue();
            }
        }
    }

    private static Job due() {
        return SealedJob.of(UUID.randomUUID(), new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"),
                new ScheduledState(Instant.EPOCH), List.of());
    }

    private static final class Counting extends JobStore implements AutoCloseable {

        private final AtomicInteger looks = new AtomicInteger();
        private final AtomicInteger fails = new AtomicInteger();

        Counting(StoreTables tables) {
            super(tables.database, tables.schema, new WaitingJobs(tables.schema, QueueSubscription.ALL), tables.wakeUp,
                    Clock.systemUTC());
            setJobMapper(new JobJson(new JobsAutoConfiguration().jobRunrJsonMapper()));
        }

        @Override
        int promoteDueJobs() {
            looks.incrementAndGet();
            if (fails.getAndDecrement() > 0) {
                throw new OutOfMemoryError("as if");
            }
            return super.promoteDueJobs();
        }
    }
}
