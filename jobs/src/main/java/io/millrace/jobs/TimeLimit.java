package io.millrace.jobs;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long one attempt may take.
 *
 * @param soft
 *            until its handler is told to stop
 * @param grace
 *            that a handler has when it was told to stop, for whatever reason, until it is given up
 */
record TimeLimit(Duration soft, Duration grace) {

    /** Of what has no job type. */
    static final TimeLimit NONE = new TimeLimit(EnqueueOptions.LONGEST, EnqueueOptions.LONGEST);

    /**
     * @throws IllegalStateException
     *             if a handler could not live with it
     */
    void check(String type) {
        check(type, "timeLimit", soft);
        check(type, "interruptGrace", grace);
    }

    private static void check(String type, String name, Duration time) {
        if (time.toMillis() < 1 || time.compareTo(EnqueueOptions.LONGEST) > 0) {
            throw new IllegalStateException("job type " + type + ": " + name + " must be from PT0.001S to "
                    + EnqueueOptions.LONGEST + ", but is " + time);
        }
    }

    /** With the time that one job's enqueuer wants, if it has said any. */
    TimeLimit unless(@Nullable Long millis) {
        return millis == null ? this : new TimeLimit(Duration.ofMillis(millis), grace);
    }

    boolean isOverAfter(long nanos) {
        return nanos - soft.toNanos() >= 0;
    }

    boolean graceIsOverAfter(long nanos) {
        return nanos - grace.toNanos() >= 0;
    }
}
