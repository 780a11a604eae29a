package io.millrace.jobs;

/**
 * A schedule that was just stored.
 *
 * @param isNew
 *            whether there was none of its id
 */
public record StoredSchedule(Schedule schedule, boolean isNew) {
}
