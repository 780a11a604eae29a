package io.millrace.local.outage;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Writes a line into the ledger, at least once, and returns its own number. */
@JobType(name = "ledger-entry", backOff = "PT0.5S", maxBackOff = "PT2S", maxAttempts = 50)
public record LedgerEntry(int number) implements Job<Integer> {
}
