package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Something that befalls one of three workers, or the database.
 *
 * @param after
 *            how long after the one before
 * @param worker
 *            from 0; of no meaning for the database
 * @param time
 *            for which the worker is stopped or the database down; of no meaning for a kill
 */
record Mishap(Duration after, What what, int worker, Duration time) {

    static final int WORKERS = 3;

    enum What {
        KILL, PAUSE, DATABASE
    }

    /** The same for the same seed. */
    static List<Mishap> drawn(long seed, Duration during) {
        var random = new Random(seed);
        var drawn = new ArrayList<Mishap>();
        var total = Duration.ZERO;
        while (true) {
            var after = between(random, 2_000, 6_000);
            var what = switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> What.KILL;
                case 4, 5, 6 -> What.PAUSE;
                default -> What.DATABASE;
            };
            int worker = random.nextInt(WORKERS);
            // Some shorter and some longer than it takes to be taken for dead.
            var time = what == What.PAUSE ? between(random, 1_000, 16_000) : between(random, 300, 3_000);
            total = total.plus(after);
            if (total.compareTo(during) > 0) {
                return drawn;
            }
            drawn.add(new Mishap(after, what, worker, time));
        }
    }

    private static Duration between(Random random, int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most));
    }
}
