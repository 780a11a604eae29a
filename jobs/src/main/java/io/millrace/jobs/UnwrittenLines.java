package io.millrace.jobs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much the lines of all runs of a process take until they are written. Where it becomes too much, as while the database is away, each
 * run keeps its newest within an equal share; one that has said less loses nothing.
 */
final class UnwrittenLines {

    /** In characters. */
    static final long MOST = 32_000_000;
    /** The objects around its text, about. */
    private static final int OF_A_LINE = 100;

    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private final Set<Report> reports = ConcurrentHashMap.newKeySet();
    private final Lock cut = new ReentrantLock();

    UnwrittenLines(long most) {
        this.most = most;
    }

    static long sizeOf(int lines, int characters) {
        return (long) lines * OF_A_LINE + characters;
    }

    void add(int characters) {
        taken.addAndGet(sizeOf(1, characters));
    }

    void remove(int characters) {
        taken.addAndGet(-sizeOf(1, characters));
    }

    void hasSome(Report report) {
        reports.add(report);
    }

    void hasNone(Report report) {
        reports.remove(report);
    }

    long taken() {
        return taken.get();
    }

    /** By who has said something and holds no report's monitor. To half of it, so that it is seldom needed. */
    void limit() {
        if (taken.get() > most && cut.tryLock()) {
            try {
                long share = most / 2 / Math.max(1, reports.size());
                reports.forEach(report -> report.keepNewest(share));
            } finally {
                cut.unlock();
            }
        }
    }
}
