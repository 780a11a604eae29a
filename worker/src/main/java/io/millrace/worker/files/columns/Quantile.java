package io.millrace.worker.files.columns;

import java.util.function.LongFunction;

import io.millrace.core.files.FileProfile;

/** The quantiles that stand in a profile. */
final class Quantile {

    private Quantile() {
    }

    /** As a text writes each key. */
    static FileProfile.Quantiles allOf(QuantileSketch sketch, LongFunction<String> text) {
        return new FileProfile.Quantiles(text.apply(sketch.quantile(0.05)), text.apply(sketch.quantile(0.25)),
                text.apply(sketch.quantile(0.5)), text.apply(sketch.quantile(0.75)), text.apply(sketch.quantile(0.95)),
                text.apply(sketch.quantile(0.99)));
    }

    /** A number as a key in the same order; {@link #number} is the way back. */
    static long key(double number) {
        // Minus zero is zero.
        return flipped(Double.doubleToRawLongBits(number + 0.0));
    }

    static double number(long key) {
        return Double.longBitsToDouble(flipped(key));
    }

    private static long flipped(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
}
