package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the workers of all nodes that there is work: one of the same application directly, all others by Postgres' NOTIFY, which takes
 * two milliseconds more. Calls are coalesced: a commit with NOTIFY takes a lock on the whole database, so one is sent at most every few
 * milliseconds per process, and never within the caller's transaction. Not guaranteed to arrive: workers poll as well, and {@code millrace.jobs.wake-ups=false} does without.
 * The sender is a thread of the operating system's: jobs may use up all that carry virtual ones, and what they leave is others'.
 */
final class WakeUp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUp.class);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LAST_MAY_TAKE = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final Optional<String> channel;
    private final TellEvents events;
    private final List<Runnable> here = new CopyOnWriteArrayList<>();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Semaphore signals = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread sender;

    /** One whose events nobody hears. */
    WakeUp(DataSource dataSource, JobsSchema schema, boolean enabled) {
        this(dataSource, schema, enabled, TellEvents.NOBODY);
    }

    /**
     * @param enabled
     *            whether anything is sent and heard at all
     * @param events
     *            is told of what is sent
     */
    WakeUp(DataSource dataSource, JobsSchema schema, boolean enabled, TellEvents events) {
        this.dataSource = dataSource;
        this.events = events;
        this.channel = Optional.of(schema.name()).filter(name -> enabled);
        this.sender = Thread.ofPlatform().daemon().name("job-wake-up")
                .unstarted(() -> channel.ifPresent(this::sendUntilClosed));
        sender.start();
    }

    /** Where they are heard; empty without wake-ups. */
    Optional<String> channel() {
        return channel;
    }

    /**
     * Has a worker of this application told before the others, of what this application has for workers; without wake-ups, of nothing.
     *
     * @param ears
     *            returns at once
     */
    void tell(Runnable ears) {
        here.add(ears);
    }

    /** Ends {@link #tell}. */
    void tellNoMore(Runnable ears) {
        here.remove(ears);
    }

    /** Whoever has work for workers has something to tell of as well. */
    TellEvents events() {
        return events;
    }

    /** Returns at once. */
    void workers() {
        if (channel.isEmpty()) {
            return;
        }
        wanted.set(true);
        signals.release();
    }

    private void sendUntilClosed(String to) {
        try {
            boolean last = false;
            while (!last) {
                signals.acquire();
                signals.drainPermits();
                last = closed.getCount() == 0;
                if (wanted.getAndSet(false) && !sent(to)) {
                    workers();
                    closed.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
                } else if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    last = !wanted.get();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more wake-ups: closed");
        }
    }

    private void tellHere() {
        try {
            here.forEach(Runnable::run);
        } catch (RuntimeException e) {
            LOG.error("a worker of this application could not be told of new work; it hears of it as others do", e);
        }
    }

    private boolean sent(String to) {
        tellHere();
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement()) {
            statement.execute("notify " + to);
            events.wakeUpSent();
            return true;
        } catch (Throwable e) {
            LOG.warn("workers could not be told of new work ({}), and find it at their next poll; trying again in {}",
                    e.toString(), AFTER_FAILURE);
            return false;
        }
    }

    /** Sends what is still to be sent, unless the database does not answer. */
    @Override
    public void close() {
        closed.countDown();
        signals.release();
        try {
            if (!sender.join(LAST_MAY_TAKE)) {
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
