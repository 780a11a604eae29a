package io.millrace.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Look-ups that meet ask Redis together. Who comes while nobody asks does so at once, for itself alone; who comes while
 * somebody does waits, and the first of these then asks for all of them in one command. So a lone look-up costs one round
 * trip, and many at once share the cost of one. Where that command fails, each of the others asks for itself, unless
 * Redis is gone: what failed may have been the asking thread's own affair.
 *
 * <p>
 * With Redis slow or gone nobody waits for more than the time-outs of those who asked before it, and never for more
 * than {@value #LONGEST_WAIT_IN_TIMEOUTS} of them.
 *
 * <p>
 * The idea is flat combining (Hendler, Incze, Shavit, Tzafrir, 2010).
 */
final class RedisLookups {

    /** So that nobody's small value waits for too many large ones. */
    static final int TOGETHER = 64;

    /** More than it takes to find that Redis is gone: connecting, and what is said before the first command. */
    private static final int LONGEST_WAIT_IN_TIMEOUTS = 5;

    private final RedisLink link;
    private final Duration longestWait;
    private final Object lock = new Object();
    /** Without the one who asks. */
    private final List<Asked> waiting = new ArrayList<>();
    private boolean asking;

    RedisLookups(RedisLink link) {
        this.link = link;
        this.longestWait = link.timeout().multipliedBy(LONGEST_WAIT_IN_TIMEOUTS);
    }

    /** The values of the keys as they were at one moment, null for what is not there; empty without Redis. */
    Optional<List<@Nullable String>> get(List<String> keys) {
        var mine = new Asked(List.copyOf(keys));
        switch (nobodyAsks(mine) ? Turn.TO_ASK : waitFor(mine)) {
            case TO_ASK -> askWithThoseWhoWait(mine);
            case TO_ASK_ALONE -> ask(List.of(mine));
            case LEFT -> {
                return Optional.empty();
            }
            case ANSWERED -> {
            }
        }
        return Optional.ofNullable(mine.answer);
    }

    private boolean nobodyAsks(Asked newcomer) {
        synchronized (lock) {
            if (asking) {
                waiting.add(newcomer);
                return false;
            }
            asking = true;
            return true;
        }
    }

    private Turn waitFor(Asked mine) {
        boolean told = false;
        try {
            told = mine.told.await(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!told) {
                leave(mine);
            }
        }
        return told ? mine.turn : Turn.LEFT;
    }

    private void leave(Asked mine) {
        synchronized (lock) {
            if (!waiting.remove(mine) && mine.turn == Turn.TO_ASK) {
                passOn();
            }
        }
    }

    private void askWithThoseWhoWait(Asked mine) {
        List<Asked> others = List.of();
        try {
            others = take(TOGETHER - 1);
            var together = new ArrayList<>(others);
            together.add(mine);
            ask(together);
        } finally {
            passOn();
            others.forEach(asked -> asked.tell(asked.answer == null ? Turn.TO_ASK_ALONE : Turn.ANSWERED));
        }
    }

    private List<Asked> take(int count) {
        synchronized (lock) {
            var first = waiting.subList(0, Math.min(count, waiting.size()));
            var taken = List.copyOf(first);
            first.clear();
            return taken;
        }
    }

    private void ask(List<Asked> together) {
        String[] keys = together.stream().flatMap(asked -> asked.keys.stream()).toArray(String[]::new);
        link.call(redis -> Optional.of(redis.mget(keys))).ifPresent(values -> hand(values, together));
    }

    private static void hand(List<String> values, List<Asked> together) {
        int from = 0;
        for (var asked : together) {
            int to = from + asked.keys.size();
            asked.answer = new ArrayList<>(values.subList(from, to));
            from = to;
        }
    }

    private void passOn() {
        synchronized (lock) {
            asking = !waiting.isEmpty();
            if (asking) {
                waiting.removeFirst().tell(Turn.TO_ASK);
            }
        }
    }

    /** What somebody who waited is to do. */
    private enum Turn {
        TO_ASK, TO_ASK_ALONE, ANSWERED, LEFT
    }

    /** One look-up. */
    private static final class Asked {

        private final List<String> keys;
        private final CountDownLatch told = new CountDownLatch(1);
        /** Another thread's to write before it is told, and {@link Turn#TO_ASK} under the lock. */
        private Turn turn = Turn.LEFT;
        /** Written before the look-up is told, read after it. */
        private @Nullable List<@Nullable String> answer;

        Asked(List<String> keys) {
            this.keys = keys;
        }

        void tell(Turn what) {
            turn = what;
            told.countDown();
        }
    }
}
