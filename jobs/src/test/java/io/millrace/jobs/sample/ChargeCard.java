package io.millrace.jobs.sample;

import jakarta.validation.constraints.NotBlank;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Charges a card at a bank, which no transaction reaches; how decides what happens on the way.
 *
 * @param diary
 *            a folder in which {@link ChargeCardHandler} notes it, for somebody in another process; empty for none
 */
@JobType(name = "charge-card", queue = "bank", maxAttempts = 3, backOff = "PT0.1S", maxBackOff = "PT0.2S")
public record ChargeCard(int number, @NotBlank String how, String diary) implements Job<ChargeCard.Charged> {

    public static final String AT_ONCE = "at once";
    /** Of a handler's runs in one process. */
    public static final String TORN_RECEIPT_AT_FIRST = "torn receipt at first";
    public static final String NO_ANSWER_AT_FIRST = "no answer at first";
    public static final String NO_LINE_AT_FIRST = "no line at first";
    /** Until a file is in the diary's folder. */
    public static final String ON_HOLD = "on hold";
    public static final String LOOKING_FOR_THE_RECEIPT = "looking for the receipt";

    /** What the bank answers. */
    public record Receipt(String key, long process) {
    }

    /** What the handler answers. */
    public record Charged(int number, Receipt receipt, int attempt) {
    }
}
