package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

import org.jobrunr.storage.BackgroundJobServerStatus;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * JobRunr's Postgres store, in which the database's clock says which servers live. JobRunr compares times of different
 * nodes, and would take a server, or its jobs, for dead where one of two clocks is wrong.
 */
class HeartbeatStore extends PostgresStorageProvider {

    private final JdbcClient jdbc;
    /** How far the database's clock is ahead of this node's; a server asks at each of its heartbeats. */
    private volatile Duration ahead = Duration.ZERO;

    HeartbeatStore(DataSource dataSource, JobsSchema schema) {
        super(dataSource, schema.prefix(), DatabaseOptions.SKIP_CREATE);
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public void announceBackgroundJobServer(BackgroundJobServerStatus server) {
        super.announceBackgroundJobServer(onDatabaseClock(server));
    }

    @Override
    public boolean signalBackgroundJobServerAlive(BackgroundJobServerStatus server) {
        return super.signalBackgroundJobServerAlive(onDatabaseClock(server));
    }

    @Override
    public int removeTimedOutBackgroundJobServers(Instant heartbeatOlderThan) {
        return super.removeTimedOutBackgroundJobServers(onDatabaseClock(heartbeatOlderThan));
    }

    /** A time of this node's, as the database's clock would have told it. */
    final Instant onDatabaseClock(Instant ofThisNode) {
        return ofThisNode.plus(ahead);
    }

    private BackgroundJobServerStatus onDatabaseClock(BackgroundJobServerStatus server) {
        long asked = System.nanoTime();
        var now = jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
        // It may have waited for a connection, which makes no clock go ahead.
        ahead = Duration.between(server.getLastHeartbeat().plusNanos(System.nanoTime() - asked), now);
        return new BackgroundJobServerStatus(server.getId(), server.getName(), server.getWorkerPoolSize(),
                server.getPollIntervalInSeconds(), server.getDeleteSucceededJobsAfter(),
                server.getPermanentlyDeleteDeletedJobsAfter(), onDatabaseClock(server.getFirstHeartbeat()), now,
                server.isRunning(), server.getSystemTotalMemory(), server.getSystemFreeMemory(),
                server.getSystemCpuLoad(), server.getProcessMaxMemory(), server.getProcessFreeMemory(),
                server.getProcessAllocatedMemory(), server.getProcessCpuLoad());
    }
}
