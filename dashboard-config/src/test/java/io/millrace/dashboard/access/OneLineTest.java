package io.millrace.dashboard.access;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OneLineTest {

    @Test
    void takesAwayWhatWouldBeginAnotherLineOrSteerATerminal() {
        assertThat(OneLine.of("vera\r\nERROR all\u2028is\u0085lost\u001b[2J\u202e"))
                .isEqualTo("vera  ERROR all is lost [2J ");
        assertThat(OneLine.of("x".repeat(2_000))).hasSize(501);
        assertThat(OneLine.of(null)).isEqualTo("null");
    }
}
