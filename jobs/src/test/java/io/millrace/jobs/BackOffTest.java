package io.millrace.jobs;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofSeconds(3), Duration.ofMinutes(1));
    private final Random random = new Random(1);

    @Test
    void doublesWithEachFailureUpToItsCap() {
        assertThat(longest(1)).isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(3));
        assertThat(longest(2)).isBetween(Duration.ofMillis(5_900), Duration.ofSeconds(6));
        assertThat(longest(5)).isBetween(Duration.ofSeconds(47), Duration.ofSeconds(48));
        assertThat(longest(6)).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(1));
        assertThat(longest(1_000)).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(1));
    }

    @Test
    void spreadsWaitsOverTheUpperHalf() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> backOff.afterFailure(1, random)))
                .allMatch(wait -> wait.compareTo(Duration.ofMillis(1_500)) >= 0)
                .anyMatch(wait -> wait.compareTo(Duration.ofMillis(1_600)) < 0)
                .anyMatch(wait -> wait.compareTo(Duration.ofMillis(2_900)) > 0);
    }

    @Test
    void refusesWaitsThatMakeNoSense() {
        assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Duration longest(int failures) {
        return IntStream.range(0, 1_000).mapToObj(i -> backOff.afterFailure(failures, random))
                .max(Duration::compareTo).orElseThrow();
    }
}
