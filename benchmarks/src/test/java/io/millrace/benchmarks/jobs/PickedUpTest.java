package io.millrace.benchmarks.jobs;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class PickedUpTest {

    @Test
    void tellsWithinWhichTimeAShareWasPickedUp() {
        var picked = new PickedUp(new long[]{1_000_000, 2_000_000, 3_000_000, 40_000_000});

        assertThat(picked.millisWithin(0.5)).isEqualTo(2);
        assertThat(picked.millisWithin(0.99)).isEqualTo(40);
        assertThat(picked.samples()).isEqualTo(4);
    }

    @Test
    void countsFromTheReturnAndNeverLessThanNothing() throws Exception {
        var work = new Work(2, Duration.ZERO);
        work.run(0);
        work.run(1);
        long[] returned = {work.startOf(0) - 5_000_000, work.startOf(1) + 1};

        assertThat(PickedUp.between(returned, work).sorted()).containsExactly(0, 5_000_000);
    }
}
