package io.millrace.core.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Look-ups that meet ask Redis together. Who comes while nobody asks does so at once, for itself alone; who comes while
 * somebody does waits, and the first of these then asks for all of them in one command. So a lone look-up costs one round
 * trip, and many at once share the cost of one. With Redis slow or gone nobody waits for more than the time-outs of those
 * who asked before it: one, unless more than {@value #TOGETHER} wait.
 *
 * <p>
 * The idea is flat combining (Hendler, Incze, Shavit, Tzafrir, 2010).
 */
final class RedisLookups {

    /** So that nobody's small value waits for too many large ones. */
    static final int TOGETHER = 64;

    private final RedisLink link;
    private final Object lock = new Object();
    private final List<Asked> waiting = new ArrayList<>();
    private boolean asking;

    RedisLookups(RedisLink link) {
        this.link = link;
    }

    /** The values of the keys as they were at one moment, null for what is not there; empty without Redis. */
    Optional<List<@Nullable String>> get(List<String> keys) {
        var mine = new Asked(keys);
        if (nobodyAsks(mine) || mine.itsTurn()) {
            askFor(upTo(TOGETHER));
        }
        return Optional.ofNullable(mine.answer);
    }

    private boolean nobodyAsks(Asked newcomer) {
        synchronized (lock) {
            waiting.add(newcomer);
            boolean nobody = !asking;
            asking = true;
            return nobody;
        }
    }

    /** The first of them is the one who asks. */
    private List<Asked> upTo(int count) {
        synchronized (lock) {
            var first = waiting.subList(0, Math.min(count, waiting.size()));
            var taken = List.copyOf(first);
            first.clear();
            return taken;
        }
    }

    private void askFor(List<Asked> together) {
        try {
            String[] keys = together.stream().flatMap(asked -> asked.keys.stream()).toArray(String[]::new);
            link.call(redis -> Optional.of(redis.mget(keys))).ifPresent(values -> hand(values, together));
        } finally {
            nextOne();
            together.forEach(asked -> asked.turn.complete(false));
        }
    }

    private static void hand(List<String> values, List<Asked> together) {
        int from = 0;
        for (var asked : together) {
            int to = from + asked.keys.size();
            asked.answer = new ArrayList<>(values.subList(from, to));
            from = to;
        }
    }

    private void nextOne() {
        synchronized (lock) {
            asking = !waiting.isEmpty();
            if (asking) {
                waiting.getFirst().turn.complete(true);
            }
        }
    }

    /** One look-up. */
    private static final class Asked {

        private final List<String> keys;
        /** True: it is to ask. False: somebody has asked for it. */
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
        /** Written before the turn is over, read after it. */
        private @Nullable List<@Nullable String> answer;

        Asked(List<String> keys) {
            this.keys = keys;
        }

        /** Waits; whoever asks ends by its own time-out. */
        boolean itsTurn() {
            return turn.join();
        }
    }
}
