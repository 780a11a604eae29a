package io.millrace.jobs.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A clock that a test sets, of this process and of its database: what is due is decided by the database's. Both run on from what they
 * were set to. After db-scheduler's clock of the same name, which stands still.
 *
 * <pre>{@code
 * clock.advance(Duration.ofDays(1));
 *
 * assertThat(queue.drainAll()).extracting(JobStatus::type).containsExactly("remind");
 * }</pre>
 *
 * The first time that it is set, it makes functions in a schema {@code settable_clock}, which stand in for Postgres' own
 * {@code now()}, {@code clock_timestamp()}, {@code statement_timestamp()} and {@code transaction_timestamp()}, and puts that schema into
 * the database's {@code search_path}. The user must own the database. That stays when the test is over, so it is for test databases alone,
 * with one such clock at a time; {@link #reset} and {@link #close} bring back the real time. Give it back after each test
 * where others share the database.
 *
 * <p>
 * Not moved: {@code current_timestamp}, {@code current_date} and the other words of SQL that are no functions; column defaults of tables
 * that were made before the first time, functions with a {@code search_path} of their own, and names with their schema
 * ({@code pg_catalog.now()}); connections that were opened before and that stay open, such as a running worker's; what others measure by a
 * clock of their own, Redis among them. A {@code search_path} of the user, of the URL or of the pool wins over the database's, and is
 * refused with what to do. Set back, it may make waiting jobs due again later than they were.
 */
public final class SettableClock extends Clock implements AutoCloseable {

    private final Clock real;
    private final List<DatabaseTime> sessions;
    private final AtomicBoolean touched = new AtomicBoolean();
    private volatile Duration ahead = Duration.ZERO;

    /**
     * The database's is untouched until this is set.
     *
     * @param real
     *            the real time of this process
     * @param dataSource
     *            of the database
     * @param others
     *            further pools of the same database; when the clock is set first, all that are Hikari's renew their connections
     */
    public SettableClock(Clock real, DataSource dataSource, DataSource... others) {
        this.real = real;
        this.sessions = Stream.concat(Stream.of(dataSource), Stream.of(others)).distinct().map(DatabaseTime::new)
                .toList();
    }

    /**
     * Sets both clocks, one right after the other.
     *
     * @throws IllegalStateException
     *             in a transaction, whose connection may keep the clock it has; where the database's clock cannot be set
     */
    public void set(Instant time) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "cannot set the clock in a transaction, whose connection may keep the one it"
                            + " has: set it before");
        }
        var database = sessions.getFirst();
        if (!touched.get()) {
            database.replace();
            sessions.forEach(DatabaseTime::renewConnections);
            touched.set(true);
        }
        database.set(time);
        ahead = Duration.between(real.instant(), time);
    }

    /**
     * Sets both to what they are now and {@code time} more, or less if it is negative.
     *
     * @throws IllegalStateException
     *             as {@link #set} does
     */
    public void advance(Duration time) {
        set(instant().plus(time));
    }

    /**
     * Sets both back to the real time; does nothing if this was never set.
     *
     * @throws IllegalStateException
     *             if the database cannot be reached
     */
    public void reset() {
        if (touched.get()) {
            sessions.getFirst().reset();
        }
        ahead = Duration.ZERO;
    }

    /** Does the same. */
    @Override
    public void close() {
        reset();
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same time in another zone; it goes along when this is set. */
    @Override
    public Clock withZone(ZoneId zone) {
        return new InZone(zone);
    }

    private final class InZone extends Clock {

        private final ZoneId zone;

        InZone(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return SettableClock.this.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new InZone(other);
        }
    }
}
