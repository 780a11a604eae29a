package io.millrace.worker.files.columns;

import org.apache.datasketches.kll.KllLongsSketch;

/** The moments of a column, with day and month the one way round or the other. */
final class MomentSeries {

    private final KeyRange range;
    private final QuantileSketch quantiles;

    MomentSeries() {
        this(new KeyRange(), new QuantileSketch());
    }

    private MomentSeries(KeyRange range, QuantileSketch quantiles) {
        this.range = range;
        this.quantiles = quantiles;
    }

    MomentSeries copy() {
        return new MomentSeries(new KeyRange(range), quantiles.copy());
    }

    /** Takes one more in; false if it does not exist. */
    boolean add(long moment, char[] text, int from, int to) {
        if (moment == MomentScan.NONE) {
            return false;
        }
        range.add(moment, text, from, to);
        quantiles.add(moment);
        return true;
    }

    void addAscii(long moment, byte[] text, int from, int to) {
        range.addAscii(moment, text, from, to);
        quantiles.add(moment);
    }

    KeyRange range() {
        return range;
    }

    KllLongsSketch quantiles() {
        return quantiles.sketch();
    }
}
