package io.millrace.api.keys;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * This process' part of one key's window. It takes units out of the database by the twentieth of the allowance, so that
 * requests cost no statement each, however many there are: at most 20 and one for each window and process. What all processes
 * grant together is never more than the allowance. A process that ends, or is asked no more, takes the unused rest of one
 * portion with it, at most a twentieth.
 */
final class KeyWindow {

    private static final int PORTIONS = 20;

    private final String key;
    private final Allowance allowance;
    private final WindowRows rows;
    private final ReentrantLock lock = new ReentrantLock();
    private long inHand;
    private long leftOver;
    private boolean isRunning;
    private long endsAt;

    KeyWindow(String key, Allowance allowance, WindowRows rows) {
        this.key = key;
        this.allowance = allowance;
        this.rows = rows;
    }

    /**
     * Grants all of these units or none; none at all is always granted.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database would have to be asked and cannot be
     */
    Answer take(long units) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (isRunning && now - endsAt >= 0) {
                isRunning = false;
                inHand = 0;
            }
            // Others may have taken of what was left over, but nobody gives anything back.
            if (units > inHand && units <= allowance.units() && (!isRunning || units - inHand <= leftOver)) {
                fetch(units - inHand);
            }
            boolean isGranted = units <= inHand;
            if (isGranted) {
                inHand -= units;
            }
            return isRunning
                    ? new Answer(isGranted, inHand + leftOver,
                            Duration.ofNanos(Math.max(endsAt - System.nanoTime(), 0)))
                    : new Answer(isGranted, allowance.units(), allowance.window());
        } finally {
            lock.unlock();
        }
    }

    private void fetch(long needed) {
        var portion = rows.take(key, allowance, needed, Math.max(needed, allowance.units() / PORTIONS));
        long end = System.nanoTime() + portion.untilEnd().toNanos();
        if (isRunning && end - endsAt > allowance.window().toNanos() / 2) {
            // The database began another one before this process saw the end of the last.
            inHand = 0;
        }
        inHand += portion.taken();
        leftOver = portion.leftOver();
        isRunning = true;
        endsAt = end;
    }

    /**
     * What came of it.
     *
     * @param remaining
     *            as far as this process knows
     */
    record Answer(boolean isGranted, long remaining, Duration untilEnd) {
    }
}
