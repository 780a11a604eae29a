package io.millrace.jobs.testing;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Hands on to the next one, which goes before what waits already. */
@JobType(name = "relay", queue = "relay", maxAttempts = 1)
record Relay(String name, int handOver) implements Job<Void> {
}
