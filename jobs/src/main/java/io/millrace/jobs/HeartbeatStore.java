package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.jobrunr.JobRunrException;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.jobrunr.storage.ServerTimedOutException;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * JobRunr's Postgres store, in which the database's clock says which servers live. JobRunr compares times of different
 * nodes, and would take a server, or its jobs, for dead where one of two clocks is wrong.
 */
class HeartbeatStore extends PostgresStorageProvider {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatStore.class);

    private final JdbcClient jdbc;
    /** As it was when the database was last asked. */
    private volatile @Nullable UUID master;
    /** Whether this process's own server was written into the list when it last tried. */
    private volatile boolean isListed = true;
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

    /**
     * Also while the database is away: JobRunr would stop the server for good, and interrupt its jobs. Whether they are still
     * its own is for {@link Heartbeat} to find out; this is what the dashboard shows.
     */
    @Override
    public boolean signalBackgroundJobServerAlive(BackgroundJobServerStatus server) {
        isListed = false;
        return whileItIsAway(() -> signal(server), true);
    }

    private boolean signal(BackgroundJobServerStatus server) {
        try {
            boolean isToRun = super.signalBackgroundJobServerAlive(onDatabaseClock(server));
            isListed = true;
            return isToRun;
        } catch (ServerTimedOutException e) {
            LOG.info("the server was removed from the dashboard's list, as it was not heard of; it is back");
            announceBackgroundJobServer(server);
            isListed = true;
            return true;
        }
    }

    /**
     * None right after a time without the database: this server's own row is as old as the others', and JobRunr stops for good where the
     * list is empty.
     */
    @Override
    public int removeTimedOutBackgroundJobServers(Instant heartbeatOlderThan) {
        return !isListed
                ? 0
                : whileItIsAway(
                        () -> super.removeTimedOutBackgroundJobServers(onDatabaseClock(heartbeatOlderThan)), 0);
    }

    @Override
    public UUID getLongestRunningBackgroundJobServerId() {
        var found = whileItIsAway(super::getLongestRunningBackgroundJobServerId, master);
        master = found;
        return Objects.requireNonNull(found, "no server is known, and the database does not answer");
    }

    private static <T extends @Nullable Object> T whileItIsAway(Supplier<T> asked, T otherwise) {
        try {
            return asked.get();
        } catch (StorageException | DataAccessException | JobRunrException e) {
            LOG.warn("the dashboard's list of servers could not be kept ({}); trying again at the next poll",
                    e.toString());
            return otherwise;
        }
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
