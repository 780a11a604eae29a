package io.millrace.jobs.json;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * RFC 3339 in UTC with exactly six digits of a second, so that texts of equal length sort as their times do. Written by
 * hand: lists and exports have many times, and a formatter takes its own for each.
 */
public final class UtcText {

    private static final DateTimeFormatter FAR_AWAY = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private UtcText() {
    }

    /** The same instant; what is less than a microsecond is cut off. */
    public static String of(OffsetDateTime time) {
        var utc = time.withOffsetSameInstant(ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9_999) {
            return FAR_AWAY.format(utc);
        }
        byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.US_ASCII);
        digits(text, 3, utc.getYear());
        digits(text, 6, utc.getMonthValue());
        digits(text, 9, utc.getDayOfMonth());
        digits(text, 12, utc.getHour());
        digits(text, 15, utc.getMinute());
        digits(text, 18, utc.getSecond());
        digits(text, 25, utc.getNano() / 1000);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void digits(byte[] text, int last, int number) {
        int rest = number;
        for (int i = last; rest > 0; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
