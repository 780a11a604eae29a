package io.millrace.jobs.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * How job types and queues have fared, from what all processes have written down. Each writes every ten seconds, so that an event is seen
 * here some ten seconds later; times are the database's, to ten seconds. Kept for {@link #LONGEST}: by ten seconds for an hour, by minutes
 * for a day, by five minutes beyond. Events of types that a process does not know are under {@link #UNKNOWN}, those of queues beyond
 * some hundreds in one process under {@link #OTHER}.
 *
 * <p>
 * Every method reads some thousands of small rows at most, however many jobs there were, and throws {@link DataAccessException} if the
 * database cannot be reached.
 *
 * <p>
 * Not guaranteed: what a process that was killed had not written yet is missing. What was written while the connection broke off may
 * count twice.
 */
public interface JobFigures {

    /** The longest window. */
    Duration LONGEST = Duration.ofDays(8);

    /** The most steps of a window. */
    int MOST_POINTS = 2_000;

    /** The name of what has none that is known. */
    String UNKNOWN = "unknown";

    /** The name of all that are too many, in meters as well. */
    String OTHER = "other";

    /**
     * Each job type that anything happened to, by name; until now.
     *
     * @param window
     *            since when: it begins with a whole minute, or beyond a day with whole five minutes, so that it may be that much longer
     * @throws IllegalArgumentException
     *             if it is not positive, or longer than {@link #LONGEST}
     */
    List<Sum> byType(Duration window);

    /**
     * Each queue that anything happened to, by name; until now.
     *
     * @throws IllegalArgumentException
     *             as {@link #byType}
     */
    List<Sum> byQueue(Duration window);

    /**
     * One job type over time, evenly spaced, oldest first, steps without anything included. Steps are whole ones since 1970; the last one is
     * not over yet.
     *
     * @param window
     *            rounded up to whole steps
     * @param step
     *            a multiple of ten seconds; of a minute if the window is longer than an hour, and of five if it is longer than a day
     * @throws IllegalArgumentException
     *             if the window is not positive or longer than {@link #LONGEST}, the step is none of these, or there are more than
     *             {@link #MOST_POINTS}
     */
    List<Point> ofType(String type, Duration window, Duration step);

    /**
     * One queue over time.
     *
     * @throws IllegalArgumentException
     *             as {@link #ofType}
     */
    List<Point> ofQueue(String queue, Duration window, Duration step);

    /** What a type or queue came to. */
    record Sum(String name, Counts counts, Times runs, Times waits) {
    }

    /**
     * One step.
     *
     * @param from
     *            when it begins
     */
    record Point(Instant from, Counts counts, Times runs, Times waits) {
    }

    /**
     * How often each happened.
     *
     * @param failed
     *            runs after which the job has failed for good
     * @param retried
     *            runs that failed and are tried again
     * @param crashed
     *            runs whose worker died
     * @param timedOut
     *            runs stopped for their time limit; they are among those that failed or are retried as well
     */
    record Counts(long enqueued, long started, long succeeded, long failed, long retried, long crashed, long timedOut) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Quantiles, null where there was none: within 5 % of the true ones from ten microseconds to thirty days.
     */
    record Times(@Nullable Duration p50, @Nullable Duration p95, @Nullable Duration p99, @Nullable Duration max) {

        static final Times NONE = new Times(null, null, null, null);
    }
}
