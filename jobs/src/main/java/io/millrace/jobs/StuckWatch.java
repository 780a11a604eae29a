package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.WorkerLoad.Stuck;

/**
 * Looks every few seconds whether this process's worker gets on with its work, on a thread of its own, so that whoever asks for its
 * health never waits for the database. What could start, it finds out as the worker would: it takes a job, and rolls that
 * back. A worker that has just started one costs no statement.
 */
final class StuckWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StuckWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);
    /** Each at as many more limited jobs as {@link WaitingLines} says. */
    private static final int MOST_LOOKS = 10;

    private final Supplier<Optional<JobServer>> servers;
    private final RunProgress progress;
    private final Transactions transactions;
    private final WaitingJobs waitingJobs;
    private final Duration silentFor;
    private final LongSupplier nanos;
    private @Nullable Thread thread;
    private volatile Stuck found = Stuck.NO;
    /** By System.nanoTime, as what follows: since when the worker has been there, and so has its database. */
    private long soundSince;
    private boolean wasSound;
    /** Since when there is something that it could start and does not. */
    private long idlesSince;
    private boolean idles;

    /**
     * @param servers
     *            the one that runs now
     * @param silentFor
     *            how long none of its runs need be heard of
     * @param nanos
     *            System.nanoTime
     */
    StuckWatch(Supplier<Optional<JobServer>> servers, RunProgress progress, DataSource engine, JobsSchema schema,
            QueueSubscription subscription, Duration silentFor, LongSupplier nanos) {
        this.servers = servers;
        this.progress = progress;
        this.transactions = new Transactions(engine);
        this.waitingJobs = new WaitingJobs(schema, subscription);
        this.silentFor = silentFor;
        this.nanos = nanos;
    }

    synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("job-worker-stuck").start(this::lookUntilClosed);
    }

    Stuck found() {
        return found;
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void lookUntilClosed() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(LOOK);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer looking whether the worker is stuck: interrupted");
        }
    }

    /** Looks once. */
    void look() {
        long now = nanos.getAsLong();
        var before = found;
        try {
            found = servers.get().filter(server -> server.isHeard() && !server.isToldToStop())
                    .map(server -> ofASoundOne(server, now)).orElseGet(this::nobodyCanTell);
        } catch (RuntimeException | Error e) {
            LOG.debug("nobody can tell whether the worker is stuck: {}", e.toString());
            found = nobodyCanTell();
        }
        if (found != before) {
            say();
        }
    }

    private void say() {
        switch (found) {
            case NO -> LOG.info("the worker gets on again, or nobody can tell");
            case STARTS_NONE ->
                LOG.error("the worker is stuck: jobs wait that it may start, it has free slots, and it has"
                        + " started none for {}; a restart helps", STARTS_WITHIN);
            case RUNS_ARE_SILENT -> LOG.error("the worker is stuck: others wait for its slots, and of its runs none has"
                    + " ended or said how far it is for {}", silentFor);
        }
    }

    private Stuck nobodyCanTell() {
        wasSound = false;
        idles = false;
        return Stuck.NO;
    }

    private Stuck ofASoundOne(JobServer server, long now) {
        if (!wasSound) {
            soundSince = now;
            wasSound = true;
        }
        if (server.slots().areAllTaken()) {
            idles = false;
            return isSilent(server, now) && couldStartOne() ? Stuck.RUNS_ARE_SILENT : Stuck.NO;
        }
        return idlesFor(server, now) >= STARTS_WITHIN.toNanos() ? Stuck.STARTS_NONE : Stuck.NO;
    }

    private long idlesFor(JobServer server, long now) {
        long lastStart = server.underWay().lastHandOver();
        boolean hasJustStarted = now - lastStart < LOOK.toNanos();
        boolean startsAny = idles && lastStart - idlesSince > 0;
        if (hasJustStarted || startsAny || !couldStartOne(server)) {
            idles = false;
            return 0;
        }
        // The look may have held just the row that a fetch was for.
        server.lookForWork();
        long after = nanos.getAsLong();
        // What held up the look has held up the worker's own as well.
        if (!idles || after - now > LOOK.toNanos()) {
            idlesSince = after;
            idles = true;
        }
        return after - idlesSince;
    }

    private boolean isSilent(JobServer server, long now) {
        return now - soundSince >= silentFor.toNanos() && now - progress.last() >= silentFor.toNanos()
                && server.underWay().withReplaced()
                        .allMatch(attempt -> now - attempt.heardOf() >= silentFor.toNanos());
    }

    /** In a slot that is free. */
    private boolean couldStartOne(JobServer server) {
        try (var claim = server.slots().claim()) {
            return finds(claim);
        }
    }

    /** If there was a slot. */
    private boolean couldStartOne() {
        try (var claim = new Slots(1, QueueSubscription.ALL).claim()) {
            return finds(claim);
        }
    }

    private boolean finds(Slots.Claim claim) {
        return transactions.run(connection -> {
            boolean any = finds(connection, claim);
            connection.rollback();
            return any;
        });
    }

    private boolean finds(Connection connection, Slots.Claim claim) throws SQLException {
        var call = waitingJobs.call(claim, Set.of());
        WaitingJobs.Look look;
        int looks = 0;
        do {
            look = call.lock(connection, 1);
            looks++;
        } while (look.jobs().isEmpty() && !look.isAll() && looks < MOST_LOOKS);
        return !look.jobs().isEmpty();
    }
}
