package io.millrace.client;

import java.time.Duration;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackOffTest {

    private final BackOff backOff = new BackOff(6, Duration.ofMillis(250), Duration.ofSeconds(30));

    @RepeatedTest(20)
    void doublesUpToTheLongestAndLeavesHalfToChance() {
        assertThat(backOff.pause(1)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(backOff.pause(4)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(backOff.pause(1000)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void refusesWhatIsNone() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new BackOff(-1, Duration.ofSeconds(1), Duration.ofSeconds(1)));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new BackOff(1, Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new BackOff(1, Duration.ZERO, Duration.ofSeconds(1)));
    }
}
