package io.millrace.worker.files.columns;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.List;

/**
 * Reads the date a {@link MomentScan} describes. The day is {@link #NONE} where a reading of it does not exist, such as
 * 13/1/2020 with the month first.
 */
final class DateScan {

    static final long NONE = Long.MIN_VALUE;

    /** Two digits of a year mean 1969 to 2068, as in POSIX. */
    private static final int PIVOT = 69;

    private static final List<String> MONTHS = List.of("january", "february", "march", "april", "may", "june", "july",
            "august", "september", "october", "november", "december");

    private final TextCursor text;
    private long monthFirst;
    private long dayFirst;

    DateScan(TextCursor text) {
        this.text = text;
    }

    /** Moves over a date; false if there is none, and the cursor is anywhere then. */
    boolean scan() {
        monthFirst = NONE;
        dayFirst = NONE;
        if (Character.isLetter(text.peek())) {
            startingWithMonth();
        } else {
            startingWithNumber();
        }
        return monthFirst != NONE || dayFirst != NONE;
    }

    /** Days since 1970-01-01 with {@code 1/2/2020} read as the second of January, or {@link #NONE}. */
    long monthFirst() {
        return monthFirst;
    }

    /** Days since 1970-01-01 with {@code 1/2/2020} read as the first of February, or {@link #NONE}. */
    long dayFirst() {
        return dayFirst;
    }

    /** {@code Jan 8 1990}, {@code January 8, 1990}. */
    private void startingWithMonth() {
        int month = month();
        if (!text.skipAny(" -")) {
            return;
        }
        int day = text.number(1, 2);
        if (!text.skipAny(" -,")) {
            return;
        }
        text.skipBlanks();
        onlyReading(text.number(4, 4), month, day);
    }

    private void startingWithNumber() {
        int first = text.number(1, 4);
        boolean yearFirst = text.digits() == 4;
        char separator = text.peek();
        if (first < 0 || !text.skipAny("-/. ")) {
            return;
        }
        if (!yearFirst && Character.isLetter(text.peek())) {
            int month = month();
            if (text.skipAny("-/. ")) {
                onlyReading(year(), month, first);
            }
            return;
        }
        int second = text.number(1, 2);
        if (second < 0 || separator == ' ' || text.peek() != separator) {
            return;
        }
        text.skipAny("-/.");
        if (yearFirst) {
            onlyReading(first, second, text.number(1, 2));
        } else {
            yearLast(first, second, separator);
        }
    }

    /** With dashes or points, a year needs four digits: {@code 1.2.30} is rather a version. */
    private void yearLast(int first, int second, char separator) {
        int year = separator == '/' ? year() : text.number(4, 4);
        dayFirst = day(year, second, first);
        monthFirst = separator == '.' ? NONE : day(year, first, second);
    }

    private void onlyReading(int year, int month, int day) {
        monthFirst = day(year, month, day);
        dayFirst = monthFirst;
    }

    private int month() {
        String word = text.word();
        if (word.length() < 3) {
            return -1;
        }
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).startsWith(word) && (word.length() == 3 || word.length() == MONTHS.get(i).length())) {
                return i + 1;
            }
        }
        return -1;
    }

    private int year() {
        int year = text.number(2, 4);
        return switch (text.digits()) {
            case 2 -> year < PIVOT ? 2000 + year : 1900 + year;
            case 4 -> year;
            default -> -1;
        };
    }

    private static long day(int year, int month, int day) {
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > Month.of(month).length(Year.isLeap(year))) {
            return NONE;
        }
        return LocalDate.of(year, month, day).toEpochDay();
    }
}
