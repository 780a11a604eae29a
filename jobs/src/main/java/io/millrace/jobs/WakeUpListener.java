package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears {@link WakeUp}s on one connection of its own and looks for work at each, and for due jobs twice a second. When the
 * connection is cut it keeps trying; meanwhile JobRunr's poll finds the work. LISTEN does not pass through PgBouncer's
 * transaction mode.
 */
final class WakeUpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUpListener.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration KNOCK_AGAIN = Duration.ofMillis(10);
    private static final Duration CHECK = Duration.ofSeconds(15);
    private static final int ANSWERS_WITHIN_SECONDS = 2;
    private static final Duration BEFORE_RECONNECT = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final String channel;
    private final JobStore store;
    private final Runnable lookForWork;
    private final Thread thread;

    WakeUpListener(DataSource dataSource, JobsSchema schema, JobStore store, Runnable lookForWork) {
        this.dataSource = dataSource;
        this.channel = WakeUp.channel(schema);
        this.store = store;
        this.lookForWork = lookForWork;
        this.thread = Thread.ofPlatform().daemon().name("job-wake-up-listener").start(this::listenUntilClosed);
    }

    private void listenUntilClosed() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                listen();
                Thread.sleep(BEFORE_RECONNECT);
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer listening: closed");
        }
    }

    private void listen() {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            statement.execute("listen " + channel);
            try {
                hear(connection);
            } finally {
                // Back in the pool it would go on collecting what nobody reads.
                statement.execute("unlisten " + channel);
            }
        } catch (SQLException | RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("cannot hear wake-ups ({}); polling, and listening again in {}", e.getMessage(),
                        BEFORE_RECONNECT);
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class);
        var wait = TICK;
        long promoted = System.nanoTime();
        long checked = System.nanoTime();
        // What came while nobody listened.
        boolean owed = true;
        while (!Thread.currentThread().isInterrupted()) {
            owed |= notifications.getNotifications((int) wait.toMillis()).length > 0;
            owed = owed && !looked();
            wait = owed ? KNOCK_AGAIN : TICK;
            if (System.nanoTime() - promoted >= TICK.toNanos()) {
                promoteDueJobs();
                promoted = System.nanoTime();
            }
            if (System.nanoTime() - checked >= CHECK.toNanos()) {
                // It only reads, and would read on for ever from a connection that a firewall has dropped.
                if (!connection.isValid(ANSWERS_WITHIN_SECONDS)) {
                    throw new SQLException("the connection is dead");
                }
                checked = System.nanoTime();
            }
        }
    }

    /** Its failure must not end the listening: what wakes workers and what is due are independent of one another. */
    private void promoteDueJobs() {
        try {
            store.promoteDueJobs();
        } catch (RuntimeException e) {
            LOG.warn("jobs that are due could not be put into the queue ({}); trying again in {}", e.getMessage(),
                    TICK);
        }
    }

    /** Whether a look for work began; JobRunr drops one that meets another under way, which may have read too early. */
    private boolean looked() {
        long before = store.looks();
        lookForWork.run();
        return store.looks() > before;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TICK.multipliedBy(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
