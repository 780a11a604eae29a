package io.millrace.api.jobs;

import java.time.Instant;

/**
 * A line of a job's log, as an event's data.
 *
 * @param run
 *            one number for all lines of an attempt, a greater one for those of a later attempt
 * @param line
 *            its number in that run, from 1
 */
record LogEvent(int run, int line, Instant at, String text) {
}
