package io.millrace.worker.files.columns;

/**
 * Reads the plainest of the numbers that a {@link NumberScan} reads, straight from bytes: up to 15 digits with a sign and
 * a point. What it does not read may be a number all the same.
 */
final class PlainNumberScan {

    private static final int MAX_LENGTH = 16;
    private static final double[] POWERS_OF_TEN = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
            1e13, 1e14, 1e15, 1e16};

    private static final long[] LONGS = new long[MAX_LENGTH];
    private static final long POINTS = 0x2E2E_2E2E_2E2E_2E2EL;

    static {
        LONGS[0] = 1;
        for (int i = 1; i < MAX_LENGTH; i++) {
            LONGS[i] = 10 * LONGS[i - 1];
        }
    }

    private double value;
    private boolean integer;

    boolean scan(byte[] text, int from, int to) {
        int sign = text[from] == '-' ? 1 : 0;
        int start = from + sign + (text[from] == '+' ? 1 : 0);
        int length = to - start;
        if (length < 1 || length > MAX_LENGTH) {
            return false;
        }
        double absolute = length <= 8 ? few(Eight.at(text, start), length) : many(text, start, to);
        value = Double.longBitsToDouble(Double.doubleToRawLongBits(absolute) | ((long) sign << (Long.SIZE - 1)));
        return absolute >= 0;
    }

    /** Of up to eight characters the value, or -1. */
    private double few(long text, int length) {
        long point = Eight.zeros(text ^ POINTS) & (-1L >>> (Long.SIZE - Byte.SIZE * length));
        integer = point == 0;
        boolean zero = (text & 0xFF) == '0';
        if (integer) {
            return zero && length > 1 ? -1 : Eight.decimal(text, length);
        }
        int whole = Long.numberOfTrailingZeros(point) >>> 3;
        if (length == 1 || (zero && whole > 1)) {
            return -1;
        }
        long before = (1L << (Byte.SIZE * whole)) - 1;
        long digits = (text & before) | ((text >>> Byte.SIZE) & ~before);
        return Eight.decimal(digits, length - 1) / POWERS_OF_TEN[length - 1 - whole];
    }

    private double many(byte[] text, int start, int to) {
        int length = to - start;
        int point = start + Math.min(length, firstPoint(text, start));
        integer = point == to;
        long whole = integer && length == MAX_LENGTH ? -1 : digits(text, start, point);
        int decimals = integer ? 0 : to - point - 1;
        long fraction = integer ? 0 : digits(text, point + 1, to);
        if (whole < 0 || fraction < 0 || (point - start > 1 && text[start] == '0')) {
            return -1;
        }
        return integer ? whole : (whole * LONGS[decimals] + fraction) / POWERS_OF_TEN[decimals];
    }

    /** How many characters there are before a point among the first 16. */
    private static int firstPoint(byte[] text, int from) {
        long found = Eight.zeros(Eight.at(text, from) ^ POINTS);
        if (found != 0 || from + MAX_LENGTH > text.length) {
            return Long.numberOfTrailingZeros(found) >>> 3;
        }
        return 8 + (Long.numberOfTrailingZeros(Eight.zeros(Eight.at(text, from + 8) ^ POINTS)) >>> 3);
    }

    /** Up to 16 digits as a number, 0 if there are none; negative if others are among them. */
    private static long digits(byte[] text, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return 0;
        }
        if (length <= 8) {
            return Eight.decimal(Eight.at(text, from), length);
        }
        long high = Eight.decimal(Eight.at(text, from), length - 8);
        long low = Eight.decimal(Eight.at(text, to - 8), 8);
        return high < 0 || low < 0 ? -1 : high * 100_000_000 + low;
    }

    double value() {
        return value;
    }

    boolean isInteger() {
        return integer;
    }
}
