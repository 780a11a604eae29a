package io.millrace.jobs.sample;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Settles an account with a row in the table {@code settlements}, exactly one whatever happens.
 *
 * @param time
 *            between the row and the end
 * @param followed
 *            whether an errand of the same number, negative, follows it
 */
@JobType(name = "settle-account", queue = "accounts", maxAttempts = 100, backOff = "PT0.2S", maxBackOff = "PT2S")
public record SettleAccount(int number, @NotNull Duration time,
        boolean followed) implements Job<SettleAccount.Settled> {

    /** What the handler answers. */
    public record Settled(int number) {
    }
}
