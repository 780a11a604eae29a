package io.millrace.jobs.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * {@link Instant#toString} and {@link Instant#parse} of the years 0 to 9999, to the letter the same and several times as
 * fast: a job's row is written three times and holds up to a dozen times.
 */
public final class InstantText {

    private static final int SECONDS = 19;
    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_10_000 = 253_402_300_800L;

    private InstantText() {
    }

    /** What {@link Instant#toString} says. */
    public static String of(Instant instant) {
        if (instant.getEpochSecond() < YEAR_0 || instant.getEpochSecond() >= YEAR_10_000) {
            return instant.toString();
        }
        var utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        byte[] text = "0000-00-00T00:00:00.000000000Z".getBytes(StandardCharsets.US_ASCII);
        write(text, 0, 4, utc.getYear());
        write(text, 5, 7, utc.getMonthValue());
        write(text, 8, 10, utc.getDayOfMonth());
        write(text, 11, 13, utc.getHour());
        write(text, 14, 16, utc.getMinute());
        write(text, 17, 19, utc.getSecond());
        write(text, 20, 29, utc.getNano());
        int length = lengthFor(utc.getNano());
        text[length - 1] = 'Z';
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }

    /**
     * The instant in {@code text}.
     *
     * @throws java.time.format.DateTimeParseException
     *             if it is none
     */
    public static Instant parse(String text) {
        int length = text.length();
        if (length < SECONDS + 1 || length > 30 || length == 21 || !isUsual(text)) {
            return Instant.parse(text);
        }
        int nano = length == SECONDS + 1 ? 0 : number(text, 20, length - 1);
        for (int digits = length - 21; digits > 0 && digits < 9; digits++) {
            nano *= 10;
        }
        return LocalDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13),
                number(text, 14, 16), number(text, 17, 19), nano).toInstant(ZoneOffset.UTC);
    }

    /** Zero, three, six or nine digits of a second. */
    private static int lengthFor(int nano) {
        if (nano == 0) {
            return SECONDS + 1;
        }
        int digits = nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
        return SECONDS + digits + 2;
    }

    private static boolean isUsual(String text) {
        int last = text.length() - 1;
        for (int i = 0; i < last; i++) {
            char expected = i == SECONDS ? '.' : "0000-00-00T00:00:00".charAt(Math.min(i, SECONDS - 1));
            char c = text.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return text.charAt(last) == 'Z' && !text.startsWith("24", 11) && text.charAt(17) < '6';
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static void write(byte[] text, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
