package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BucketsTest {

    private final Random random = new Random(8);

    @Test
    void haveAMiddleWithinFivePercentOfAllThatIsInThem() {
        double decades = Math.log(Buckets.LONGEST.toNanos() / (double) Buckets.SHORTEST.toNanos());
        for (int i = 0; i < 100_000; i++) {
            long nanos = Math.round(Buckets.SHORTEST.toNanos() * Math.exp(random.nextDouble() * decades));
            var duration = Duration.ofNanos(nanos);
            assertThat((double) Buckets.middle(Buckets.of(duration)).toNanos()).as(duration.toString())
                    .isCloseTo((double) nanos, within(0.05 * nanos));
        }
    }

    @Test
    void takeWhatIsShorterOrLongerThanAllOfThem() {
        assertThat(Buckets.of(Duration.ZERO)).isZero();
        assertThat(Buckets.middle(0)).isLessThan(Buckets.SHORTEST);
        assertThat(Buckets.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Buckets.COUNT - 1);
    }

    @Test
    void areFew() {
        assertThat(Buckets.COUNT).isBetween(200, 300);
    }
}
