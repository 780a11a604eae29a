package io.millrace.benchmarks;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class SpreadTest {

    @Test
    void takesTheFigureInTheMiddle() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 3));
    }

    @Test
    void takesWhatLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(2.5, 1, 4));
    }

    @Test
    void showsTheLeastAndTheMost() {
        assertThat(new Spread(1234.56, 1200, 1300.04).text(1)).isEqualTo("1,234.6 (1,200.0–1,300.0)");
    }
}
