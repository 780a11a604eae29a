package io.millrace.worker.files.columns;

/**
 * Reads the plainest of the moments that a {@link MomentScan} reads, straight from bytes: {@code 2012-01-31}, and with
 * {@code T07:05:59} or {@code 07:05:59} behind a blank, a fraction and {@code Z}. What it does not read may be a moment
 * all the same.
 */
final class IsoScan {

    private static final int DATE = 10;
    private static final int TIME = 19;
    private static final int MAX_FRACTION = 9;
    private static final long MICROS = 1_000_000;
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final Shape YEAR_AND_MONTH = Shape.of("0000-00-");
    private static final Shape CLOCK = Shape.of("00:00:00");

    private byte[] text = {};
    private long moment;
    private boolean withTime;

    boolean scan(byte[] source, int from, int to) {
        text = source;
        int length = to - from;
        if (length < DATE) {
            return false;
        }
        long start = YEAR_AND_MONTH.digits(Eight.at(text, from));
        int tens = text[from + 8] - '0';
        int ones = text[from + 9] - '0';
        int year = 100 * two(start, 0) + two(start, 2);
        int month = two(start, 5);
        int day = 10 * tens + ones;
        if (start < 0 || tens < 0 || ones < 0 || ones > 9 || month < 1 || month > 12 || day < 1
                || day > DAYS[month - 1] || (month == 2 && day == 29 && !isLeap(year))) {
            return false;
        }
        moment = epochDay(year, month, day) * 86_400 * MICROS;
        withTime = length > DATE;
        return !withTime || (length >= TIME && time(from + DATE, to));
    }

    /** Microseconds since 1970. */
    long moment() {
        return moment;
    }

    boolean withTime() {
        return withTime;
    }

    private boolean time(int from, int to) {
        byte mark = text[from];
        long clock = CLOCK.digits(Eight.at(text, from + 1));
        int hour = two(clock, 0);
        int minute = two(clock, 3);
        int second = two(clock, 6);
        if (clock < 0 || (mark != 'T' && mark != ' ') || hour > 23 || minute > 59 || second > 59) {
            return false;
        }
        moment += (60L * (60L * hour + minute) + second) * MICROS;
        int end = text[to - 1] == 'Z' ? to - 1 : to;
        int at = from + TIME - DATE;
        return at == end || fraction(at, end);
    }

    /** Of its digits six count. */
    private boolean fraction(int from, int to) {
        int digits = to - from - 1;
        if (text[from] != '.' || digits < 1 || digits > MAX_FRACTION) {
            return false;
        }
        long unit = MICROS / 10;
        for (int at = from + 1; at < to; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            moment += digit * unit;
            unit /= 10;
        }
        return true;
    }

    private static int two(long digits, int index) {
        int pair = (int) (digits >>> (Byte.SIZE * index));
        return 10 * (pair & 0xFF) + ((pair >>> Byte.SIZE) & 0xFF);
    }

    private static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March there. */
    private static long epochDay(int year, int month, int day) {
        // 400 years more, so that none is negative.
        int y = 400 + year - (month <= 2 ? 1 : 0);
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 146_097 - 719_468;
    }

    /**
     * Where among eight characters the digits stand, and what stands between them.
     *
     * @param pattern
     *            zeros for digits
     * @param limits
     *            what may be added to a byte that fits for its high bit to stay clear
     */
    private record Shape(long pattern, long limits) {

        private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

        static Shape of(String eight) {
            long pattern = 0;
            long limits = 0;
            for (int i = eight.length() - 1; i >= 0; i--) {
                char c = eight.charAt(i);
                pattern = (pattern << Byte.SIZE) | c;
                limits = (limits << Byte.SIZE) | (c == '0' ? 0x7F - 9 : 0x7F);
            }
            return new Shape(pattern, limits);
        }

        /** The value of each digit in its byte, or -1 if it does not fit. */
        long digits(long eight) {
            long digits = eight ^ pattern;
            return (((digits + limits) | digits) & HIGH_BITS) == 0 ? digits : -1;
        }
    }
}
