package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that one worker lives, each second, however many jobs it runs: one row's time, and an advisory lock that Postgres lets
 * go of as soon as the process is dead. It has a connection of its own, as jobs may use up those of the pool, and a thread
 * of the operating system's, as they may use up all that carry virtual ones.
 */
final class Heartbeat implements AutoCloseable {

    /** Locks of sessions are in a space of two numbers: this one's is the schema's. */
    static final String LOCKS = "hashtext('%sjob_workers')";

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    /** Less than {@link RescueJobs} waits: for so long after a heartbeat nobody takes this worker for dead. */
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration BEFORE_RECONNECT = Duration.ofMillis(250);
    private static final int ANSWERS_WITHIN_MILLIS = 5_000;

    private final DataSource engine;
    private final AtomicInteger sessions;
    private final UUID worker;
    private final String name;
    private final Runnable mayHaveBeenTakenForDead;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().daemon().name("job-heartbeat").unstarted(this::beatUntilClosed);
    private final RegisterWorker register;
    private final String beat;
    private volatile boolean leaves;
    /** By System.nanoTime, as it was before the heartbeat was sent; of the last one. */
    private volatile long last;
    private volatile boolean beats;
    private volatile long freshSince;
    private volatile long sessionBegan;

    /**
     * @param mayHaveBeenTakenForDead
     *            to be run after the first heartbeat, and after each that comes late; returns at once
     */
    Heartbeat(WorkerTables tables, UUID worker, String name, Runnable mayHaveBeenTakenForDead) {
        this.engine = tables.engine();
        this.sessions = tables.sessions();
        this.worker = worker;
        this.name = name;
        this.mayHaveBeenTakenForDead = mayHaveBeenTakenForDead;
        this.register = new RegisterWorker(tables, worker, name);
        this.beat = "update %sjob_workers set beat_at = clock_timestamp() where id = ?"
                .formatted(tables.schema().prefix());
    }

    void start() {
        thread.start();
    }

    /** Whether nobody can have taken this worker for dead yet. */
    boolean isFresh() {
        return beats && System.nanoTime() - last < FRESH.toNanos();
    }

    /**
     * Returns as soon as it {@link #isFresh()}.
     *
     * @return false if it has ended before
     */
    boolean awaitFresh() throws InterruptedException {
        while (!isFresh()) {
            if (closed.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    /** Since when it {@link #isFresh()}, by System.nanoTime: what was taken before may be others' by now. */
    long freshSince() {
        return freshSince;
    }

    /** For how long the database has been there, and took heartbeats, as far as this worker has seen. */
    Duration steadyFor() {
        return isFresh() ? Duration.ofNanos(System.nanoTime() - sessionBegan) : Duration.ZERO;
    }

    /** Whether this process has lost none: it has seen no database go away, nor one that had no space. */
    boolean isOnFirstSession() {
        return isFresh() && sessions.get() == 1;
    }

    /** Returns at once. The worker's row goes if it {@code leaves} no jobs behind; else others look after them. */
    void end(boolean leavesNoJobs) {
        leaves = leavesNoJobs;
        closed.countDown();
    }

    @Override
    public void close() {
        end(false);
    }

    private void beatUntilClosed() {
        try (var own = new OwnConnection(engine)) {
            while (!closed.await(0, TimeUnit.MILLISECONDS)) {
                try {
                    beatOn(own.open());
                } catch (SQLException | RuntimeException | Error e) {
                    LOG.warn("the heartbeat of worker {} failed ({}); connecting again in {}", name, e.toString(),
                            BEFORE_RECONNECT);
                    own.drop();
                    closed.await(BEFORE_RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("no more heartbeats of worker {}: interrupted", name);
        }
    }

    private void beatOn(Connection connection) throws SQLException, InterruptedException {
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, ANSWERS_WITHIN_MILLIS);
        long before = System.nanoTime();
        sessionBegan = before;
        sessions.incrementAndGet();
        register.on(connection);
        hasBeaten(before);
        mayHaveBeenTakenForDead.run();
        while (!closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
            beat(connection);
        }
        if (leaves) {
            register.leave(connection);
        }
    }

    private void beat(Connection connection) throws SQLException {
        boolean late = !isFresh();
        long before = System.nanoTime();
        int written;
        try {
            written = update(connection);
        } catch (SQLException e) {
            if (!SqlFailure.isOfAFullDisk(e)) {
                throw e;
            }
            // The session is sound and keeps its lock. But who could not say that it lives cannot judge others, who could not either.
            sessionBegan = System.nanoTime();
            sessions.incrementAndGet();
            LOG.warn("the heartbeat of worker {} failed ({}); trying again in {}", name, e.toString(), BEAT);
            return;
        }
        if (written == 0) {
            LOG.warn("worker {} was taken for dead, and its jobs are others' now; it goes on with new ones", name);
            late = true;
            register.on(connection);
        }
        // Also where the answer was long in coming.
        late |= !isFresh();
        hasBeaten(before);
        if (late) {
            mayHaveBeenTakenForDead.run();
        }
    }

    private void hasBeaten(long before) {
        if (!isFresh()) {
            freshSince = System.nanoTime();
        }
        last = before;
        beats = true;
    }

    private int update(Connection connection) throws SQLException {
        try (var update = connection.prepareStatement(beat)) {
            update.setObject(1, worker);
            return update.executeUpdate();
        }
    }
}
