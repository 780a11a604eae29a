package io.millrace.worker.files.columns;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class QuantileSketchTest {

    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private static final double RANK_ERROR = 0.02;

    enum Order {
        RISING, FALLING, RANDOM, FEW, ALTERNATING, SKEWED
    }

    @Test
    void isExactForFewKeys() {
        var sketch = new QuantileSketch();
        LongStream.rangeClosed(1, 199).forEach(key -> sketch.add(200 - key));

        assertThat(sketch.quantile(0.5)).isEqualTo(100);
        assertThat(sketch.quantile(0.99)).isEqualTo(198);
        assertThat(sketch.quantile(0.001)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void isOffByLessThanTwoPercentOfTheRanks(Order order) {
        int answers = 0;
        int off = 0;
        for (int count : new int[]{1000, 9999, 100_000, 1_000_000}) {
            long[] keys = keys(order, count);
            var sketch = new QuantileSketch();
            for (long key : keys) {
                sketch.add(key);
            }
            Arrays.sort(keys);
            for (double share : SHARES) {
                answers++;
                off += isOff(keys, sketch.quantile(share), share) ? 1 : 0;
            }
        }
        assertThat((double) off / answers).isLessThan(0.05);
    }

    @Test
    void givesTheSameAgain() {
        var first = new QuantileSketch();
        var second = new QuantileSketch();
        new Random(5).longs(100_000).forEach(first::add);
        new Random(5).longs(100_000).forEach(second::add);

        assertThat(second.quantile(0.5)).isEqualTo(first.quantile(0.5));
    }

    @Test
    void goesOnFromACopyOnItsOwn() {
        var first = new QuantileSketch();
        LongStream.range(0, 100).forEach(first::add);
        var second = new QuantileSketch(first);
        LongStream.range(0, 90).forEach(key -> second.add(1000));

        assertThat(first.quantile(0.9)).isCloseTo(89, within(1L));
        assertThat(second.quantile(0.9)).isEqualTo(1000);
    }

    private static boolean isOff(long[] sorted, long answer, double share) {
        double below = Arrays.stream(sorted).filter(key -> key < answer).count();
        double upTo = Arrays.stream(sorted).filter(key -> key <= answer).count();
        double wanted = share * sorted.length;
        return wanted < below - RANK_ERROR * sorted.length || wanted > upTo + RANK_ERROR * sorted.length;
    }

    private static long[] keys(Order order, int count) {
        var random = new Random(count);
        return LongStream.range(0, count).map(i -> switch (order) {
            case RISING -> i;
            case FALLING -> -i;
            case RANDOM -> random.nextLong();
            case FEW -> random.nextInt(7);
            case ALTERNATING -> i % 2 == 0 ? i : -i;
            case SKEWED -> (long) Math.exp(30 * random.nextDouble());
        }).toArray();
    }
}
