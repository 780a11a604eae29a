package io.millrace.worker.files.columns;

/**
 * Reads a date, or a date and a time, out of a range of characters:
 *
 * <ul>
 * <li>{@code 2012-01-31}, {@code 2012/1/31}, {@code 2012.01.31}
 * <li>{@code 1/8/1990}, {@code 1/8/90}, {@code 1-8-1990}: month first and day first are both tried
 * <li>{@code 31.1.2012}: day first
 * <li>{@code 31-Jan-2012}, {@code 31 Jan 12}, {@code Jan 31 2012}, {@code January 31, 2012}: English months
 * </ul>
 *
 * and after it, behind {@code T} or blanks, {@code 7:05}, {@code 07:05:59}, {@code 07:05:59.123456}, then perhaps
 * {@code AM} or {@code PM}, then perhaps {@code Z}, {@code UTC}, {@code GMT}, {@code +01}, {@code +0100} or
 * {@code +01:00}. Days and times must exist.
 */
final class MomentScan {

    static final long NONE = DateScan.NONE;

    private static final int MAX_LENGTH = 50;
    static final long MICROS_PER_DAY = 86_400_000_000L;

    private final TextCursor text = new TextCursor();
    private final DateScan date = new DateScan(text);
    private final TimeScan time = new TimeScan(text);
    private boolean withTime;

    boolean scan(char[] source, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return false;
        }
        text.over(source, from, to);
        if (!date.scan()) {
            return false;
        }
        withTime = !text.atEnd();
        if (!withTime) {
            return true;
        }
        if (!text.skipAny("Tt ")) {
            return false;
        }
        text.skipBlanks();
        return time.scan() && text.atEnd();
    }

    boolean withTime() {
        return withTime;
    }

    /** Microseconds since 1970 with {@code 1/2/2020} read as the second of January, or {@link #NONE}. */
    long monthFirst() {
        return moment(date.monthFirst());
    }

    /** Microseconds since 1970 with {@code 1/2/2020} read as the first of February, or {@link #NONE}. */
    long dayFirst() {
        return moment(date.dayFirst());
    }

    private long moment(long day) {
        if (day == NONE) {
            return NONE;
        }
        return day * MICROS_PER_DAY + (withTime ? time.micros() : 0);
    }
}
