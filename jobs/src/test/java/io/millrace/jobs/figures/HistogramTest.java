package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.figures.JobFigures.Times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class HistogramTest {

    private final Random random = new Random(8);

    @Test
    void knowsQuantilesToFivePercent() {
        var millis = random.doubles(10_000).map(x -> Math.exp(x * 12)).toArray();
        var histogram = of(millis);
        Arrays.sort(millis);

        var times = histogram.times();

        near(times.p50(), millis[4_999]);
        near(times.p95(), millis[9_499]);
        near(times.p99(), millis[9_899]);
        near(times.max(), millis[9_999]);
    }

    @Test
    void hasNoneOfNothing() {
        assertThat(new Histogram().times()).isEqualTo(new Times(null, null, null, null));
        assertThat(new Histogram().stored()).isEmpty();
    }

    @Test
    void isTheSameAfterItWasStored() {
        var histogram = of(random.doubles(500).map(x -> Math.exp(x * 20)).toArray());
        histogram.add(0, 1L << 40);
        histogram.add(Buckets.COUNT - 1, 127);
        histogram.add(7, 128);

        var read = new Histogram();
        read.addStored(histogram.stored());

        assertThat(read.stored()).isEqualTo(histogram.stored());
        assertThat(read.times()).isEqualTo(histogram.times());
    }

    @Test
    void isTheSumOfThoseThatAreAddedToIt() {
        var one = of(1, 1, 1);
        var other = of(1_000, 1_000, 1_000, 1_000);
        one.add(other);
        var twice = new Histogram();
        twice.addStored(one.stored());
        twice.addStored(one.stored());

        near(one.times().p50(), 1_000);
        assertThat(twice.times()).isEqualTo(one.times());
        near(of(1, 1, 1).times().max(), 1);
    }

    private static Histogram of(double... millis) {
        var histogram = new Histogram();
        Arrays.stream(millis)
                .forEach(each -> histogram.add(Buckets.of(Duration.ofNanos(Math.round(each * 1e6))), 1));
        return histogram;
    }

    private static void near(@Nullable Duration found, double millis) {
        assertThat(Objects.requireNonNull(found).toNanos() / 1e6).isCloseTo(millis, within(0.05 * millis));
    }
}
