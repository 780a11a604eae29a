package io.millrace.jobs;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Nodes whose clocks are hours apart do not take one another for dead; of jobs see {@link RescueJobsTest}. */
class NodeClocksTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final StoreTables tables = new StoreTables();

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void areNotTakenToBeBehindWhereAHeartbeatHadToWaitForAConnection() throws Exception {
        var all = new ArrayList<Connection>();
        for (int i = 0; i < tables.database.getMaximumPoolSize(); i++) {
            all.add(tables.database.getConnection());
        }
        var now = Clock.systemUTC().instant();
        var heartbeat = Thread.ofVirtual().start(() -> tables.store.announceBackgroundJobServer(server(now)));
        assertThat(heartbeat.join(Duration.ofSeconds(2))).as("done without a connection").isFalse();
        for (var connection : all) {
            connection.close();
        }
        heartbeat.join();

        assertThat(tables.store.onDatabaseClock(now)).isCloseTo(now, within(Duration.ofMillis(500)));
    }

    @Test
    void keepRunningJobsAliveByTheDatabasesClock() {
        var job = tables.store.save(processing(Instant.EPOCH));

        tables.store.save(List.of(job));

        assertThat(updatedAt(job)).isCloseTo(databaseTime(), within(TIMEOUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void removeOnlyServersThatHaveNotBeenHeardOf(Duration ahead) {
        var other = store();
        var dead = server(databaseTime());
        other.announceBackgroundJobServer(dead);
        tables.jdbc.sql("""
                        update millrace_jobs.jobrunr_backgroundjobservers
                        set lastHeartbeat = lastHeartbeat - interval '30 seconds'
                        """).update();
        var alive = server(databaseTime());
        other.announceBackgroundJobServer(alive);
        assertThat(other.signalBackgroundJobServerAlive(alive)).isTrue();
        var now = databaseTime().plus(ahead);
        var own = server(now);
        tables.store.announceBackgroundJobServer(own);
        tables.store.signalBackgroundJobServerAlive(own);

        assertThat(tables.store.removeTimedOutBackgroundJobServers(now.minus(TIMEOUT))).isEqualTo(1);

        assertThat(other.removeTimedOutBackgroundJobServers(databaseTime().minus(TIMEOUT))).isZero();
        assertThat(other.getBackgroundJobServers()).extracting(BackgroundJobServerStatus::getId)
                .containsExactlyInAnyOrder(alive.getId(), own.getId());
        other.close();
    }

    /** That of another node. */
    private JobStore store() {
        return new JobStore(tables.database, tables.schema, new WaitingJobs(tables.schema, QueueSubscription.ALL),
                tables.wakeUp, Clock.systemUTC());
    }

    private static Job processing(Instant seen) {
        var job = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}"),
                new EnqueuedState(), List.of());
        var states = List.<JobState>of(job.getJobState(),
                new ProcessingState(UUID.randomUUID(), "far away", seen, seen));
        return new Job(job.getId(), 0, job.getJobDetails(), states, new ConcurrentHashMap<>());
    }

    private static BackgroundJobServerStatus server(Instant now) {
        return new BackgroundJobServerStatus(UUID.randomUUID(), "a node", 16, 5, Duration.ofHours(36),
                Duration.ofHours(72), now, now, true, 1L, 1L, 0.1, 1L, 1L, 1L, 0.1);
    }

    private Instant updatedAt(Job job) {
        return time("select updatedAt at time zone 'UTC' from millrace_jobs.jobrunr_jobs where id = '%s'"
                .formatted(job.getId()));
    }

    private Instant databaseTime() {
        return time("select clock_timestamp()");
    }

    private Instant time(String sql) {
        return tables.jdbc.sql(sql).query(OffsetDateTime.class).single().toInstant();
    }
}
