package io.millrace.jobs.json;

import java.time.OffsetDateTime;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UtcTextTest {

    @ParameterizedTest
    @CsvSource({"2026-01-02T03:04:05Z, 2026-01-02T03:04:05.000000Z",
            "2026-12-31T23:59:59.999999999Z, 2026-12-31T23:59:59.999999Z",
            "2026-01-01T00:30:00.000001+01:00, 2025-12-31T23:30:00.000001Z",
            "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
            "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.500000Z",
            "+12026-01-01T00:00:00Z, +12026-01-01T00:00:00.000000Z"})
    void isRfc3339InUtcWithMicroseconds(String time, String text) {
        assertThat(UtcText.of(OffsetDateTime.parse(time))).isEqualTo(text);
    }
}
