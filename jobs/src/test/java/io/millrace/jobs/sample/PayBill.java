package io.millrace.jobs.sample;

import jakarta.validation.constraints.NotBlank;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Pays a bill, which must happen once; how it is paid decides what happens on the way.
 *
 * @param diary
 *            a folder in which {@link PayBillHandler} notes it, for somebody in another process; empty for none
 */
@JobType(name = "pay-bill", queue = "till", maxAttempts = 2, backOff = "PT0.1S", maxBackOff = "PT0.2S")
public record PayBill(int number, @NotBlank String how, String diary) implements Job<PayBill.Paid> {

    /** The points at which it waits for a file in the diary's folder. */
    public static final String WAITING_BEFORE_THE_WRITE = "waiting before the write";
    public static final String WAITING_AFTER_THE_WRITE = "waiting after the write";
    public static final String WAITING_BEFORE_THE_COMMIT = "waiting before the commit";
    public static final String WAITING_AFTER_THE_COMMIT = "waiting after the commit";

    public static final String AT_THE_COUNTER = "at the counter";
    public static final String IN_CASH = "in cash";
    public static final String SHORT_OF_MONEY_AT_FIRST = "short of money at first";
    /** With a letter to the bank, outside of the transaction. */
    public static final String BY_LETTER_UNSTAMPED_AT_FIRST = "by letter, unstamped at first";
    public static final String WITHDRAWN = "withdrawn";
    public static final String REFUSED_BEFORE_THE_COMMIT = "refused before the commit";
    public static final String REFUSED_AT_THE_COMMIT = "refused at the commit";
    public static final String REPORTED_AS_REFUSED = "reported as refused";
    public static final String LOST_RECEIPT = "lost receipt";
    public static final String BY_ENTITY = "by entity";
    public static final String CANCELLED_BY_ITSELF_AT_FIRST = "cancelled by itself at first";
    public static final String WITH_AN_ORDER = "with an order";

    /** What the handler answers. */
    public record Paid(int number, int attempt, long process) {
    }
}
