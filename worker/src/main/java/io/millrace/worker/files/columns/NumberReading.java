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
    private final DoubleQuantiles quantiles = new DoubleQuantiles();
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
    public boolean addAscii(byte[] text, int from, int to, boolean seenBefore) {
        if (!plain.scan(text, from, to)) {
            return add(Eight.widen(text, from, to), 0, to - from, seenBefore);
        }
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
        return true;
    }

    private void count(double value, boolean integer) {
        values++;
        sum.add(value);
        // Minus zero is zero.
        quantiles.add(value + 0.0);
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
        return Quantile.allOf(quantiles.sketch(), onlyIntegers ? NumberReading::integer : Double::toString);
    }

    private static String integer(double value) {
        return new BigDecimal(value).toBigInteger().toString();
    }
}
