package io.millrace.jobs.sample;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Copies a book of ten pages in a way that decides how that goes. */
@JobType(name = "copy-book", queue = "books", maxAttempts = 2, backOff = "PT0.1S", maxBackOff = "PT0.2S")
public record CopyBook(int number, String how) implements Job<CopyBook.Copied> {

    public static final int PAGES = 10;
    public static final String WELL = "well";
    public static final String TIRED_AT_PAGE_FIVE = "tired at page five";
    public static final String BY_HEART = "by heart";
    /** Until {@link CopyBookHandler#comeBack}. */
    public static final String LOOKING_UP_AT_PAGE_FIVE = "looking up at page five";

    /** How far the copy is. */
    public record Page(int number) {
    }

    /** What the handler answers. */
    public record Copied(int number, int from, int attempt) {
    }
}
