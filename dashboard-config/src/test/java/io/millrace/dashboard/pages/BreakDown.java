package io.millrace.dashboard.pages;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** A job that fails at its first attempt, with this message. */
@JobType(name = "break-down", queue = "repairs", maxAttempts = 1)
record BreakDown(String message) implements Job<Void> {
}
