package io.millrace.worker.files.columns;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import io.millrace.core.files.FileProfile;

/** Numbers in their order, with their mean. */
final class NumberReading implements Reading {

    /** From here on, different integers may be the same double. */
    private static final double MAX_EXACT = 1L << 53;

    private final NumberScan scan = new NumberScan();
    private final PlainNumberScan plain = new PlainNumberScan();
    private final QuantileSketch quantiles = new QuantileSketch();
    private final CompensatedSum sum = new CompensatedSum();
    private final Excerpt min = new Excerpt();
    private final Excerpt max = new Excerpt();
    private double minValue = Double.POSITIVE_INFINITY;
    private double maxValue = Double.NEGATIVE_INFINITY;
    private long values;
    private boolean onlyIntegers = true;

    @Override
    public boolean add(char[] text, int from, int to, boolean seenBefore) {
        if (!scan.scan(text, from, to)) {
            return false;
        }
        double value = scan.value();
        count(value, scan.isInteger());
        if (!seenBefore) {
            if (value < minValue || (value == minValue && order(min, text, from, to) > 0)) {
                minValue = value;
                min.set(text, from, to);
            }
            if (value > maxValue || (value == maxValue && order(max, text, from, to) < 0)) {
                maxValue = value;
                max.set(text, from, to);
            }
        }
        return true;
    }

    @Override
    public boolean addAll(ColumnBytes run, int from) {
        byte[] text = run.text();
        for (int i = from; i < run.size(); i++) {
            if (plain.scan(text, run.start(i), run.end(i))) {
                addPlain(text, run.start(i), run.end(i));
            } else if (!addCharacters(run, i)) {
                return false;
            }
        }
        return true;
    }

    private void addPlain(byte[] text, int from, int to) {
        double value = plain.value();
        count(value, plain.isInteger());
        if (value < minValue) {
            minValue = value;
            min.setAscii(text, from, to);
        }
        if (value > maxValue) {
            maxValue = value;
            max.setAscii(text, from, to);
        }
    }

    private void count(double value, boolean integer) {
        values++;
        sum.add(value);
        // Minus zero is zero.
        quantiles.add(inOrder(value + 0.0));
        onlyIntegers &= integer;
    }

    private int order(Excerpt extreme, char[] text, int from, int to) {
        if (Math.abs(scan.value()) < MAX_EXACT) {
            return 0;
        }
        return new BigDecimal(extreme.toString()).compareTo(new BigDecimal(text, from, to - from));
    }

    @Override
    public ColumnType type() {
        return onlyIntegers ? ColumnType.INTEGER : ColumnType.NUMBER;
    }

    @Override
    public String min() {
        return min.toString();
    }

    @Override
    public String max() {
        return max.toString();
    }

    @Override
    public @Nullable Double mean() {
        double mean = sum.value() / values;
        return Double.isFinite(mean) ? mean : null;
    }

    @Override
    public FileProfile.Quantiles quantiles() {
        return Quantile.allOf(quantiles.sketch(), onlyIntegers ? NumberReading::integer : NumberReading::number);
    }

    /** The bits of a double as a whole number that stands where the double does among others. */
    private static long inOrder(double value) {
        return inOrder(Double.doubleToRawLongBits(value));
    }

    /** There and back: the greater a negative double is without its sign, the less it is. */
    private static long inOrder(long bits) {
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    private static String integer(long inOrder) {
        return new BigDecimal(Double.longBitsToDouble(inOrder(inOrder))).toBigInteger().toString();
    }

    private static String number(long inOrder) {
        return Double.toString(Double.longBitsToDouble(inOrder(inOrder)));
    }
}
