package io.millrace.dashboard.pages;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** A job that runs until it is cancelled, and says that it has done three tenths. */
@JobType(name = "keep-busy", queue = "repairs")
record KeepBusy(int seconds) implements Job<Void> {
}
