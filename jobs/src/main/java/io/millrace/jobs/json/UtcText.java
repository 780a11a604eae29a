package io.millrace.jobs.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * RFC 3339 in UTC with exactly six digits of a second, so that texts of equal length sort as their times do. Written by
 * hand: lists and exports have many times, and a formatter takes its own for each.
 */
public final class UtcText {

    /** Bytes that no text of {@link #write} is longer than. */
    public static final int LONGEST = 40;

    private static final DateTimeFormatter FAR_AWAY = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final byte[] NOTHING = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.US_ASCII);
    private static final int SECONDS_A_DAY = 24 * 60 * 60;

    private UtcText() {
    }

    /** The same instant; what is less than a microsecond is cut off. */
    public static String of(OffsetDateTime time) {
        var utc = time.withOffsetSameInstant(ZoneOffset.UTC);
        if (!hasFourDigits(utc.getYear())) {
            return FAR_AWAY.format(utc);
        }
        byte[] text = NOTHING.clone();
        write(utc.toLocalDate(), utc.toLocalTime().toSecondOfDay(), utc.getNano() / 1000, text, 0);
        return new String(text, StandardCharsets.US_ASCII);
    }

    /**
     * Writes the same text, in ASCII.
     *
     * @param epochSecond
     *            seconds since 1970, before it negative
     * @param micro
     *            of that second, from 0 to 999,999
     * @param into
     *            has {@link #LONGEST} bytes left from {@code at} on
     * @return where the text ends
     * @throws IndexOutOfBoundsException
     *             if it has less than the text needs
     * @throws java.time.DateTimeException
     *             if the year has more than nine digits
     */
    public static int write(long epochSecond, int micro, byte[] into, int at) {
        var day = LocalDate.ofEpochDay(Math.floorDiv(epochSecond, SECONDS_A_DAY));
        if (!hasFourDigits(day.getYear())) {
            byte[] text = FAR_AWAY.format(LocalDateTime.ofEpochSecond(epochSecond, micro * 1000, ZoneOffset.UTC))
                    .getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, into, at, text.length);
            return at + text.length;
        }
        System.arraycopy(NOTHING, 0, into, at, NOTHING.length);
        write(day, Math.floorMod(epochSecond, SECONDS_A_DAY), micro, into, at);
        return at + NOTHING.length;
    }

    private static boolean hasFourDigits(int year) {
        return year >= 0 && year <= 9_999;
    }

    private static void write(LocalDate day, int secondOfDay, int micro, byte[] text, int at) {
        twoDigits(text, at, day.getYear() / 100);
        twoDigits(text, at + 2, day.getYear() % 100);
        twoDigits(text, at + 5, day.getMonthValue());
        twoDigits(text, at + 8, day.getDayOfMonth());
        twoDigits(text, at + 11, secondOfDay / 3600);
        twoDigits(text, at + 14, secondOfDay / 60 % 60);
        twoDigits(text, at + 17, secondOfDay % 60);
        twoDigits(text, at + 20, micro / 10_000);
        twoDigits(text, at + 22, micro / 100 % 100);
        twoDigits(text, at + 24, micro % 100);
    }

    private static void twoDigits(byte[] text, int at, int number) {
        text[at] = (byte) ('0' + number / 10);
        text[at + 1] = (byte) ('0' + number % 10);
    }
}
