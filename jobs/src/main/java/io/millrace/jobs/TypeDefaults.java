package io.millrace.jobs;

/**
 * What a job has of its type where its enqueuer says nothing else.
 *
 * @param type
 *            its name
 */
record TypeDefaults(String type, int version, String queue, int priority, int maxAttempts) {
}
