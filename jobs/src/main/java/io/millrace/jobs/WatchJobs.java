package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after running jobs for as long as one worker lives: its own, and those of workers that have died. On a thread of the
 * operating system's, as jobs may use up all that carry virtual ones.
 */
final class WatchJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchJobs.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration OWN = Duration.ofSeconds(2);
    private static final Duration LOST = Duration.ofMinutes(1);
    private static final Duration NOBODYS = Duration.ofSeconds(30);
    /** After a database was away, all heartbeats are old and all locks are free: so long the others have to come back. */
    private static final Duration OTHERS_COME_BACK = RescueJobs.SILENT;

    private final Heartbeat heartbeat;
    private final OwnJobs own;
    private final RescueJobs rescue;
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("job-watch").unstarted(this::watchUntilClosed);
    private volatile boolean closed;

    WatchJobs(Heartbeat heartbeat, OwnJobs own, RescueJobs rescue) {
        this.heartbeat = heartbeat;
        this.own = own;
        this.rescue = rescue;
    }

    void start() {
        thread.start();
    }

    /** Looks at this worker's own jobs at once, whatever their age. Returns before. */
    void lookAtItsOwn() {
        asked.release();
    }

    @Override
    public void close() {
        closed = true;
        asked.release();
    }

    private void watchUntilClosed() {
        var replaced = new Timer(OWN);
        var lost = new Timer(LOST);
        var nobodys = new Timer(NOBODYS);
        try {
            boolean again = false;
            while (!closed) {
                boolean now = asked.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS) || again;
                asked.drainPermits();
                again = now && !heartbeat.isFresh();
                if (closed || !heartbeat.isFresh()) {
                    continue;
                }
                if (now) {
                    // What could not be done is asked for again.
                    again |= !attempt(own::tellTheReplaced);
                } else if (replaced.isDue()) {
                    attempt(own::tellSomeOfTheReplaced);
                }
                if (now || lost.isDue()) {
                    again |= !attempt(own::putBackTheLost) && now;
                }
                attempt(() -> rescue(nobodys));
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer watching: interrupted");
        }
    }

    private void rescue(Timer nobodys) {
        if (hasSeenOthersComeBack()) {
            rescue.ofTheDead(connection -> RescueJobs.isSteady(connection) && hasSeenOthersComeBack());
            if (nobodys.isDue()) {
                rescue.ofNobody();
            }
        } else if (heartbeat.isOnFirstSession() && rescue.databaseIsSteady()) {
            rescue.ofTheOneThatIsDead(
                    connection -> RescueJobs.isSteady(connection) && heartbeat.isOnFirstSession());
        }
    }

    private boolean hasSeenOthersComeBack() {
        return heartbeat.steadyFor().compareTo(OTHERS_COME_BACK) >= 0;
    }

    /** Whether it came through. */
    private static boolean attempt(Runnable look) {
        try {
            look.run();
            return true;
        } catch (RuntimeException | Error e) {
            LOG.warn("running jobs could not be looked after ({}); trying again", e.toString());
            return false;
        }
    }

    private static final class Timer {

        private final Duration period;
        private long last = System.nanoTime();

        Timer(Duration period) {
            this.period = period;
        }

        boolean isDue() {
            long now = System.nanoTime();
            if (now - last < period.toNanos()) {
                return false;
            }
            last = now;
            return true;
        }
    }
}
