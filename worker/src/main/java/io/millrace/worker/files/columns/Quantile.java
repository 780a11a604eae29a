package io.millrace.worker.files.columns;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

import org.apache.datasketches.kll.KllLongsSketch;

import io.millrace.core.files.FileProfile;

/**
 * The quantiles that stand in a profile, from the KLL sketches of Apache DataSketches (Z. Karnin, K. Lang and E. Liberty,
 * "Optimal Quantile Approximation in Streams", 2016) of a little more than its default size: 5 KB. Up to
 * 200 values they are exact. Beyond that, each is one of the values, and its rank is off by at most 1.33 % of their number
 * with a probability of 99 %; which values are kept is a matter of chance, so that the next reading of the same values may
 * give others within that error.
 */
final class Quantile {

    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

    private Quantile() {
    }

    /** As a text writes each; there must be a value. */
    static FileProfile.Quantiles allOf(KllLongsSketch sketch, LongFunction<String> text) {
        return named(Arrays.stream(sketch.getQuantiles(SHARES)).mapToObj(text).toList());
    }

    private static FileProfile.Quantiles named(List<String> texts) {
        return new FileProfile.Quantiles(texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4),
                texts.get(5));
    }
}
