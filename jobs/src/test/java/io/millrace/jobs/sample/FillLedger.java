package io.millrace.jobs.sample;

import jakarta.validation.constraints.NotBlank;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Takes some time between two lines in the table {@code ledger}, for somebody in another process.
 *
 * @param manner
 *            how it bears being told to stop
 */
@JobType(name = "fill-ledger", queue = "ledgers", maxAttempts = 3, backOff = "PT0.1S", maxBackOff = "PT0.2S")
public record FillLedger(int number, long millis, @NotBlank String manner) implements Job<Void> {

    /** It stops, with a last line. */
    public static final String OBEYING = "obeying";
    /** It goes on. */
    public static final String DEAF = "deaf";
    /** The same, and leaves its processor to nobody else. */
    public static final String SPINNING = "spinning";
}
