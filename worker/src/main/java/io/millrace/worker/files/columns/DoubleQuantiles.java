package io.millrace.worker.files.columns;

import org.apache.datasketches.kll.KllDoublesSketch;

/** What {@link Quantile} is asked of: a sketch that takes its values in by the dozen, which costs it a fraction. */
final class DoubleQuantiles {

    private static final int TOGETHER = 64;

    private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance();
    private final double[] next = new double[TOGETHER];
    private int count;

    void add(double value) {
        next[count++] = value;
        if (count == TOGETHER) {
            flush();
        }
    }

    /** With all that was added. */
    KllDoublesSketch sketch() {
        flush();
        return sketch;
    }

    private void flush() {
        if (count > 0) {
            sketch.update(next, 0, count);
            count = 0;
        }
    }
}
