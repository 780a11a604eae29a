package io.millrace.worker.files.columns;

/** Reads the time of day, with or without a zone, that a {@link MomentScan} describes. */
final class TimeScan {

    private static final long MICROS = 1_000_000;
    private static final int[] MICROS_PER_UNIT = {0, 100_000, 10_000, 1_000, 100, 10, 1};

    private final TextCursor text;
    private long micros;

    TimeScan(TextCursor text) {
        this.text = text;
    }

    /** Moves over a time; false if there is none, and the cursor is anywhere then. */
    boolean scan() {
        int hour = text.number(1, 2);
        if (hour < 0 || hour > 23 || !text.skipAny(":")) {
            return false;
        }
        int minute = text.number(2, 2);
        int second = 0;
        long fraction = 0;
        if (text.skipAny(":")) {
            second = text.number(2, 2);
            fraction = text.skipAny(".,") ? fraction() : 0;
        }
        if (minute < 0 || minute > 59 || second < 0 || second > 60 || fraction < 0) {
            return false;
        }
        micros = (60L * (60L * hour + minute) + second) * MICROS + fraction;
        return halfOfDay(hour) && zone();
    }

    /** Since midnight UTC; negative or more than a day where the zone says so. */
    long micros() {
        return micros;
    }

    /** Up to nine digits, of which six count. */
    private long fraction() {
        long value = text.number(1, 9);
        for (int digits = text.digits(); digits > 6; digits--) {
            value /= 10;
        }
        return value < 0 ? -1 : value * MICROS_PER_UNIT[Math.min(6, text.digits())];
    }

    /** {@code AM} and {@code PM}. */
    private boolean halfOfDay(int hour) {
        int start = text.position();
        text.skipBlanks();
        String half = text.word();
        if (!half.equals("am") && !half.equals("pm")) {
            text.moveTo(start);
            return true;
        }
        int shift = half.equals("pm") ? hour % 12 + 12 - hour : hour % 12 - hour;
        micros += shift * 3600L * MICROS;
        return hour >= 1 && hour <= 12;
    }

    /** {@code Z}, {@code UTC}, {@code GMT}, {@code +01}, {@code +0100}, {@code +01:00}; none means UTC. */
    private boolean zone() {
        text.skipBlanks();
        if (text.atEnd()) {
            return true;
        }
        char sign = text.peek();
        if (!text.skipAny("+-")) {
            String name = text.word();
            return name.equals("z") || name.equals("utc") || name.equals("gmt");
        }
        int hours = text.number(2, 4);
        int minutes = 0;
        if (text.digits() == 4) {
            minutes = hours % 100;
            hours /= 100;
        } else if (text.skipAny(":")) {
            minutes = text.number(2, 2);
        }
        micros -= (sign == '-' ? -1 : 1) * (60L * hours + minutes) * 60 * MICROS;
        return hours >= 0 && hours <= 18 && minutes >= 0 && minutes <= 59;
    }
}
