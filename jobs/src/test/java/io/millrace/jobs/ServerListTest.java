package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jobrunr.storage.BackgroundJobServerStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard's list of servers after an outage: JobRunr stops a server for good, with its jobs, where it is empty. */
class ServerListTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final StoreTables tables = new StoreTables();

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void isNotClearedByAServerThatCouldNotSayThatItLives() {
        var own = announced();
        tables.jdbc.sql("alter table millrace_jobs.jobrunr_backgroundjobservers rename to away").update();
        assertThat(tables.store.signalBackgroundJobServerAlive(own)).isTrue();
        tables.jdbc.sql("alter table millrace_jobs.away rename to jobrunr_backgroundjobservers").update();
        tables.jdbc.sql("""
                        update millrace_jobs.jobrunr_backgroundjobservers
                        set lastHeartbeat = lastHeartbeat - interval '30 seconds'
                        """).update();

        assertThat(tables.store.removeTimedOutBackgroundJobServers(longAgo())).isZero();
        assertThat(tables.store.signalBackgroundJobServerAlive(own)).isTrue();
        assertThat(tables.store.removeTimedOutBackgroundJobServers(longAgo())).isZero();
        assertThat(tables.store.getBackgroundJobServers()).extracting(BackgroundJobServerStatus::getId)
                .containsExactly(own.getId());
    }

    @Test
    void hasTheMasterThatItHadWhereOthersClearedIt() {
        var own = announced();
        assertThat(tables.store.getLongestRunningBackgroundJobServerId()).isEqualTo(own.getId());
        tables.jdbc.sql("delete from millrace_jobs.jobrunr_backgroundjobservers").update();

        assertThat(tables.store.getLongestRunningBackgroundJobServerId()).isEqualTo(own.getId());
    }

    private BackgroundJobServerStatus announced() {
        var own = server(Clock.systemUTC().instant());
        tables.store.announceBackgroundJobServer(own);
        return own;
    }

    private static Instant longAgo() {
        return Clock.systemUTC().instant().minus(TIMEOUT);
    }

    private static BackgroundJobServerStatus server(Instant now) {
        return new BackgroundJobServerStatus(UUID.randomUUID(), "a node", 16, 5, Duration.ofHours(36),
                Duration.ofHours(72), now, now, true, 1L, 1L, 0.1, 1L, 1L, 1L, 0.1);
    }
}
