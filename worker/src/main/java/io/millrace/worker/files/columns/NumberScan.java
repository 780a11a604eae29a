package io.millrace.worker.files.columns;

/**
 * Reads a decimal number out of a range of characters, as a rule without creating an object. Up to 15 digits and powers
 * of ten up to 22 are exact in one division: W. D. Clinger, "How to Read Floating Point Numbers Accurately" (1990).
 */
final class NumberScan {

    /** Longer numbers are rather text. */
    private static final int MAX_LENGTH = 100;

    private static final long MAX_EXACT = 1L << 53;
    private static final double[] POWERS_OF_TEN = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
            1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    private char[] text = {};
    private int at;
    private int end;
    private long mantissa;
    private int digits;
    private int fraction;
    private boolean integer;
    private double value;

    /** Whether it is a number; if so, {@link #value} and {@link #isInteger} tell which. */
    boolean scan(char[] source, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return false;
        }
        text = source;
        at = from;
        end = to;
        mantissa = 0;
        digits = 0;
        fraction = 0;
        boolean negative = sign();
        if (!wholePart()) {
            return false;
        }
        boolean point = fractionPart();
        if (digits == 0) {
            return false;
        }
        if (at == end && digits <= 18 && mantissa < MAX_EXACT && fraction < POWERS_OF_TEN.length) {
            integer = !point;
            double absolute = point ? mantissa / POWERS_OF_TEN[fraction] : mantissa;
            value = negative ? -absolute : absolute;
            return true;
        }
        boolean exponent = exponentPart();
        integer = !point && !exponent;
        return at == end && parse(from);
    }

    double value() {
        return value;
    }

    boolean isInteger() {
        return integer;
    }

    private boolean sign() {
        if (at < end && (text[at] == '-' || text[at] == '+')) {
            return text[at++] == '-';
        }
        return false;
    }

    /** No leading zero: such digits are a code. */
    private boolean wholePart() {
        int start = at;
        digits();
        return at - start < 2 || text[start] != '0';
    }

    private boolean fractionPart() {
        if (at == end || text[at] != '.') {
            return false;
        }
        int start = ++at;
        digits();
        fraction = at - start;
        return true;
    }

    private void digits() {
        while (at < end) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            // Wraps beyond 18 digits; then it is not used.
            mantissa = 10 * mantissa + digit;
            digits++;
            at++;
        }
    }

    private boolean exponentPart() {
        if (at == end || (text[at] != 'e' && text[at] != 'E')) {
            return false;
        }
        at++;
        sign();
        int start = at;
        digits();
        if (at == start) {
            at = start - 1;
        }
        return true;
    }

    private boolean parse(int from) {
        value = Double.parseDouble(new String(text, from, end - from));
        return Double.isFinite(value);
    }
}
