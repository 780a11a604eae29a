package io.millrace.local.outage;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Writes a line into the ledger as it begins, and then needs nothing for a while.
 *
 * @param souvenir
 *            how many characters its result has
 */
@JobType(name = "errand", queue = "errands")
public record Errand(int seconds, int souvenir) implements Job<String> {
}
