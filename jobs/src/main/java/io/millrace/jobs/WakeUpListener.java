package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears {@link WakeUp}s and {@link StopOrder}s on one connection of its own and tells of each, and puts scheduled jobs into the queue
 * at their time: it knows when the next one is due by the database's clock, and a wake-up tells of a new one. When the
 * connection is cut it keeps trying; meanwhile JobRunr's poll finds the work, and {@link OwnJobs} what was cancelled. Without
 * wake-ups it only looks at the clock.
 */
final class WakeUpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUpListener.class);
    private static final Duration TICK = Duration.ofMillis(500);
    /** How long a scheduled job whose wake-up was lost may stay unknown. */
    private static final Duration LOOK_AT_THE_CLOCK = Duration.ofSeconds(5);
    /** How soon to look again for what is due while somebody holds it, such as a caller that keeps or cancels it. */
    private static final Duration HELD = Duration.ofMillis(20);
    /** When to look what a wake-up has made due: not before the fetch that it is for nearly always, and once for several. */
    private static final Duration NEWLY_DUE = Duration.ofMillis(20);
    private static final Duration CHECK = Duration.ofSeconds(15);
    private static final int ANSWERS_WITHIN_SECONDS = 2;
    private static final Duration BEFORE_RECONNECT = Duration.ofMillis(250);

    private final DataSource dataSource;
    private final WakeUp wakeUp;
    private final Optional<String> channel;
    private final TellEvents events;
    private final JobStore store;
    private final Ears ears;
    private final Runnable mayBeWork;
    private final Thread thread;

    WakeUpListener(DataSource dataSource, WakeUp wakeUp, JobStore store, Ears ears) {
        this.dataSource = dataSource;
        this.wakeUp = wakeUp;
        this.channel = wakeUp.channel();
        this.events = wakeUp.events();
        this.store = store;
        this.ears = ears;
        this.mayBeWork = ears::mayBeWork;
        wakeUp.tell(mayBeWork);
        this.thread = Thread.ofPlatform().daemon().name("job-wake-up-listener").start(this::listenUntilClosed);
    }

    private void listenUntilClosed() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (channel.isPresent()) {
                    listen(channel.get());
                    Thread.sleep(BEFORE_RECONNECT);
                } else {
                    Thread.sleep(promoteDueJobs());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer listening: closed");
        }
    }

    private void listen(String to) {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            statement.execute("listen " + to);
            try {
                hear(connection);
            } finally {
                // Back in the pool it would go on collecting what nobody reads.
                statement.execute("unlisten " + to);
            }
        } catch (Throwable e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.warn("cannot hear wake-ups ({}); polling, and listening again in {}", e.toString(),
                        BEFORE_RECONNECT);
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class);
        long checked = System.nanoTime();
        // What came while nobody listened.
        boolean woken = true;
        ears.mayHaveMissedOrders();
        long nextDue = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            if (woken) {
                ears.mayBeWork();
                long soon = System.nanoTime() + NEWLY_DUE.toNanos();
                nextDue = nextDue - soon < 0 ? nextDue : soon;
            }
            if (System.nanoTime() - nextDue >= 0) {
                nextDue = System.nanoTime() + promoteDueJobs().toNanos();
            }
            if (System.nanoTime() - checked >= CHECK.toNanos()) {
                // It only reads, and would read on for ever from a connection that a firewall has dropped.
                if (!connection.isValid(ANSWERS_WITHIN_SECONDS)) {
                    throw new SQLException("the connection is dead");
                }
                checked = System.nanoTime();
            }
            woken = tell(notifications.getNotifications(millisUntil(nextDue)));
        }
    }

    /**
     * Tells at once what is to stop, and of changed schedules.
     *
     * @return whether there may be work
     */
    private boolean tell(PGNotification[] heard) {
        boolean work = false;
        for (var one : heard) {
            if (one.getParameter().isEmpty()) {
                work = true;
                events.wakeUpReceived();
            } else if (one.getParameter().equals(ScheduleChanges.PAYLOAD)) {
                ears.schedulesChanged();
            } else {
                StopOrder.read(one.getParameter()).ifPresent(ears::stop);
            }
        }
        return work;
    }

    /** At least one, as zero is for ever, and rounded up, so that it is not early; in pieces that a close can wait for. */
    private static int millisUntil(long nextDue) {
        long nanos = nextDue - System.nanoTime();
        return Math.toIntExact(Math.clamp(nanos / 1_000_000 + 1, 1, TICK.toMillis()));
    }

    /**
     * Its failure must not end the listening: what wakes workers and what is due are independent of one another.
     *
     * @return how long the next job is off
     */
    private Duration promoteDueJobs() {
        try {
            int promoted = store.promoteDueJobs();
            if (promoted > 0) {
                ears.mayBeWork();
            }
            var until = store.untilNextDue().filter(next -> next.compareTo(LOOK_AT_THE_CLOCK) < 0)
                    .orElse(LOOK_AT_THE_CLOCK);
            return promoted == 0 && !until.isPositive() ? HELD : until;
        } catch (Throwable e) {
            LOG.warn("jobs that are due could not be put into the queue ({}); trying again in {}", e.toString(),
                    TICK);
            return TICK;
        }
    }

    @Override
    public void close() {
        wakeUp.tellNoMore(mayBeWork);
        thread.interrupt();
        try {
            // An interrupt does not end its wait for the socket, and its connection must be whole when it goes back to the pool.
            thread.join(TICK.multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whom it tells; each returns at once. */
    @FunctionalInterface
    interface Ears {

        void mayBeWork();

        default void stop(StopOrder order) {
            // of jobs that run elsewhere
        }

        default void schedulesChanged() {
            // where nobody looks at them
        }

        /** After a time in which nobody listened. */
        default void mayHaveMissedOrders() {
            // where none run
        }
    }
}
