package io.millrace.client;

import java.time.Duration;

/**
 * Hears what becomes of a job that is followed. Its methods are called one after the other, in the order in which things happened, and
 * each event once: where the connection breaks, the next one goes on behind the last event that was heard.
 *
 * <p>
 * A method may take its time: while it does, nothing more is read from the server, and nothing piles up here. One that throws ends the
 * following with what it threw.
 */
public interface JobListener {

    /**
     * It has another state, or was changed otherwise; first of all how it stands. A final state is the last event. States that it had for
     * milliseconds only may be left out.
     */
    default void onState(Job job) {
    }

    /** How far it says it is; only the newest progress is told. */
    default void onProgress(Job.Progress progress) {
    }

    default void onLog(Job.LogLine line) {
    }

    /**
     * Lines of a run's log are not kept, and will not be told.
     *
     * @param lines
     *            how many
     */
    default void onGap(int run, int lines) {
    }

    /**
     * The connection is lost, or could not be made; it is made again after {@code pause}, as often as it takes. To give up, close the
     * {@link Following}.
     */
    default void onDisconnect(String reason, Duration pause) {
    }
}
