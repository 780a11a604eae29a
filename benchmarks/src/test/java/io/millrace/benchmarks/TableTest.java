package io.millrace.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class TableTest {

    @Test
    void alignsFiguresOnTheRight() {
        assertThat(new Table("what", "MB").row("COPY", "1").row("JSON array", "178")).hasToString("""
                                                                                                  | what       |  MB |
                                                                                                  |------------|----:|
                                                                                                  | COPY       |   1 |
                                                                                                  | JSON array | 178 |
                                                                                                  """);
    }
}
