package io.millrace.benchmarks.jobs;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Millrace's job. */
@JobType(name = "numbered")
record NumberedJob(int number) implements Job<Void> {
}
