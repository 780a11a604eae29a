package io.millrace.worker.files.columns;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.datasketches.kll.KllLongsSketch;

/**
 * What {@link Quantile} is asked of: a sketch of the values, or of one in two, four, eight and so on, by chance of as many
 * that stand together, when there are so many that this cannot be told from the sketch's own error. Z. Karnin, K. Lang and
 * E. Liberty, who thought of the sketch, put such a sampler before it, too. It takes its values in by the dozen, which costs
 * it a fraction.
 *
 * <p>
 * In a sample of one in W of n values, the share of them beneath any value is off by √(W / 4n) at most (standard deviation).
 * Here W is n / 32,768 at most and less for the earlier values, which makes it 0.16 %. The sketch is a little larger than that
 * of K = 200 to make up for it.
 */
final class QuantileSketch {

    private static final int K = 212;
    private static final int TOGETHER = 64;
    /** When it has so many, the sketch goes on with half of them. */
    private static final int MOST = 1 << 16;

    private final long[] next = new long[TOGETHER];
    private KllLongsSketch sketch;
    private int count;
    /** So many values one stands for. */
    private int together = 1;
    /** Which of those that stand together was the last that was taken. */
    private int place;
    private int untilNext = 1;

    QuantileSketch() {
        this(KllLongsSketch.newHeapInstance(K));
    }

    private QuantileSketch(KllLongsSketch sketch) {
        this.sketch = sketch;
    }

    QuantileSketch copy() {
        var copy = new QuantileSketch(copyOf(sketch()));
        copy.together = together;
        copy.place = place;
        copy.untilNext = untilNext;
        return copy;
    }

    void add(long value) {
        untilNext--;
        if (untilNext == 0) {
            take(value);
        }
    }

    /** With all that was added. A sketch that was asked keeps twice its size for the next question; a copy is gone after it. */
    KllLongsSketch sketch() {
        flush();
        return copyOf(sketch);
    }

    private void take(long value) {
        next[count++] = value;
        int rest = together - 1 - place;
        if (count == TOGETHER) {
            flush();
            if (sketch.getN() >= MOST) {
                halve();
            }
        }
        place = together == 1 ? 0 : ThreadLocalRandom.current().nextInt(together);
        untilNext = rest + place + 1;
    }

    private void flush() {
        if (count > 0) {
            sketch.update(next, 0, count);
            count = 0;
        }
    }

    /** Goes on with every second value of those in their order. One by one: an update with a weight is slow. */
    private void halve() {
        var values = sketch.getSortedView();
        long[] inOrder = values.getQuantiles();
        long[] upTo = values.getCumulativeWeights();
        sketch = KllLongsSketch.newHeapInstance(K);
        together *= 2;
        int first = ThreadLocalRandom.current().nextInt(2);
        long taken = 0;
        for (int i = 0; i < upTo.length; i++) {
            for (; taken < (upTo[i] + first) / 2; taken++) {
                next[count++] = inOrder[i];
                if (count == TOGETHER) {
                    flush();
                }
            }
        }
    }

    private static KllLongsSketch copyOf(KllLongsSketch sketch) {
        return KllLongsSketch.heapify(MemorySegment.ofArray(sketch.toByteArray()));
    }
}
