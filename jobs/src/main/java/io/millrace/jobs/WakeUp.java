package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the workers of all nodes that there is work, by Postgres' NOTIFY. Calls are coalesced: a commit with NOTIFY takes
 * a lock on the whole database, so one is sent at most every few milliseconds per process, and never within the
 * caller's transaction. Not guaranteed to arrive: workers poll as well.
 */
final class WakeUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUp.class);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final DataSource dataSource;
    private final String channel;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread sender;

    WakeUp(DataSource dataSource, JobsSchema schema) {
        this.dataSource = dataSource;
        this.channel = channel(schema);
        this.sender = Thread.ofVirtual().name("job-wake-up").start(this::sendUntilClosed);
    }

    static String channel(JobsSchema schema) {
        return schema.name();
    }

    /** Returns at once. */
    void workers() {
        wanted.release();
    }

    private void sendUntilClosed() {
        try {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                send();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("no more wake-ups: closed");
        }
    }

    private void send() {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            statement.execute("notify " + channel);
        } catch (SQLException e) {
            LOG.debug("a wake-up was not sent ({}); the workers' next poll finds the work", e.getMessage());
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
