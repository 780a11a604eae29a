package io.millrace.api.schedules;

import java.util.UUID;

/** The answer to who lets a schedule run now. */
record QueuedRun(UUID jobId) {
}
