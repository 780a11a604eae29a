package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * One thread looks for all who wait: at all of them in turns that are the further apart the longer nothing happens, and the longer
 * a look takes, and at those who come between two turns at once. On a thread of the operating system's, as jobs may use up all
 * that carry virtual ones; it starts with the first who waits.
 */
final class PollingJobWatch implements JobWatch, ApplicationListener<ContextClosedEvent>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PollingJobWatch.class);
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(250);
    /** So many times as long as a look took: all of them take the tenth part of one connection at most, or nearly. */
    private static final int REST = 9;
    /** Whatever a look took: it may have waited for a connection, as in an outage, and nobody is to wait on for that. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);
    /** Who comes within it is looked for together. */
    private static final Duration GATHER = Duration.ofMillis(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final LookAtJobs look;
    private final Set<Asked> waiting = ConcurrentHashMap.newKeySet();
    private final Queue<Asked> fresh = new ConcurrentLinkedQueue<>();
    private final Semaphore signals = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("job-followers").unstarted(this::lookUntilClosed);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean over;
    private boolean failing;

    PollingJobWatch(LookAtJobs look) {
        this.look = look;
    }

    @Override
    public boolean awaitEnd(UUID id, Duration patience) throws InterruptedException {
        var asked = Asked.end(id);
        return await(asked, patience) && !over;
    }

    @Override
    public Optional<JobNews> awaitNews(UUID id, JobPosition since, Duration patience) throws InterruptedException {
        var asked = Asked.news(id, since);
        await(asked, patience);
        return asked.newsOr(JobNews.none(since));
    }

    private boolean await(Asked asked, Duration patience) throws InterruptedException {
        waiting.add(asked);
        try {
            if (over) {
                return false;
            }
            if (started.compareAndSet(false, true)) {
                thread.start();
            }
            fresh.add(asked);
            signals.release();
            return asked.await(patience);
        } finally {
            waiting.remove(asked);
        }
    }

    @Override
    public boolean isOver() {
        return over;
    }

    private void lookUntilClosed() {
        try {
            var pause = SHORTEST;
            long next = System.nanoTime();
            while (!over) {
                if (waiting.isEmpty()) {
                    signals.acquire();
                    pause = SHORTEST;
                    next = System.nanoTime();
                } else {
                    signals.tryAcquire(next - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
                Thread.sleep(GATHER);
                signals.drainPermits();
                var come = drained();
                if (next - System.nanoTime() > 0) {
                    at(come);
                } else {
                    long began = System.nanoTime();
                    pause = at(List.copyOf(waiting)) ? SHORTEST : longer(pause);
                    // One that failed took long for other reasons, and rested already.
                    long took = failing ? 0 : System.nanoTime() - began;
                    next = System.nanoTime() + Math.clamp(took * REST, pause.toNanos(), LONGEST_REST.toNanos());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody is told of jobs any more: interrupted");
        }
    }

    private static Duration longer(Duration pause) {
        var longer = pause.multipliedBy(5).dividedBy(4);
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }

    private List<Asked> drained() {
        var drained = new ArrayList<Asked>();
        for (var one = fresh.poll(); one != null; one = fresh.poll()) {
            drained.add(one);
        }
        return drained;
    }

    /** Whether anything happened. */
    private boolean at(Collection<Asked> asked) throws InterruptedException {
        try {
            boolean answered = look.at(asked);
            failing = false;
            return answered;
        } catch (Exception | Error e) {
            if (!failing) {
                failing = true;
                LOG.warn("{} wait for jobs, which cannot be looked at ({}); trying again every {}", waiting.size(),
                        e.toString(), AFTER_FAILURE);
            }
            Thread.sleep(AFTER_FAILURE);
            return false;
        }
    }

    /** As soon as the process begins to stop: what serves who waits is then stopped first, and would wait for them. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        close();
    }

    @Override
    public void close() {
        over = true;
        waiting.forEach(Asked::hasEnded);
        signals.release();
    }
}
