package io.millrace.api.jobs;

/**
 * That lines of a run's log are not kept, as an event's data.
 *
 * @param lines
 *            how many
 */
record GapEvent(int run, int lines) {
}
