package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the workers of all nodes that there is work, by Postgres' NOTIFY. Calls are coalesced: a commit with NOTIFY takes
 * a lock on the whole database, so one is sent at most every few milliseconds per process, and never within the
 * caller's transaction. Not guaranteed to arrive: workers poll as well, and {@code millrace.jobs.wake-ups=false} does without.
 */
final class WakeUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUp.class);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final DataSource dataSource;
    private final Optional<String> channel;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread sender;

    /**
     * @param enabled
     *            whether anything is sent and heard at all
     */
    WakeUp(DataSource dataSource, JobsSchema schema, boolean enabled) {
        this.dataSource = dataSource;
        this.channel = Optional.of(schema.name()).filter(name -> enabled);
        this.sender = Thread.ofVirtual().name("job-wake-up").unstarted(() -> channel.ifPresent(this::sendUntilClosed));
        sender.start();
    }

    /** Where they are heard; empty without wake-ups. */
    Optional<String> channel() {
        return channel;
    }

    /** Returns at once. */
    void workers() {
        wanted.release();
    }

    private void sendUntilClosed(String to) {
        try {
            while (true) {
                wanted.acquire();
                wanted.drainPermits();
                send(to);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("no more wake-ups: closed");
        }
    }

    private void send(String to) {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            statement.execute("notify " + to);
        } catch (SQLException e) {
            LOG.debug("a wake-up was not sent ({}); the workers' next poll finds the work", e.getMessage());
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
