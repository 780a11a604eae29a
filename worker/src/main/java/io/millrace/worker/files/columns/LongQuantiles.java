package io.millrace.worker.files.columns;

import org.apache.datasketches.kll.KllLongsSketch;

/** The same as {@link DoubleQuantiles}, of moments. */
final class LongQuantiles {

    private static final int TOGETHER = 64;

    private final KllLongsSketch sketch;
    private final long[] next = new long[TOGETHER];
    private int count;

    LongQuantiles() {
        this(KllLongsSketch.newHeapInstance());
    }

    private LongQuantiles(KllLongsSketch sketch) {
        this.sketch = sketch;
    }

    LongQuantiles copy() {
        return new LongQuantiles(Quantile.copyOf(sketch()));
    }

    void add(long value) {
        next[count++] = value;
        if (count == TOGETHER) {
            flush();
        }
    }

    /** With all that was added. */
    KllLongsSketch sketch() {
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
