package io.millrace.jobs.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 999_999, -999_999, 1_000_000, -1_000_000, 86_399_999_999L, -86_400_000_000L,
            -86_400_000_001L, 946_684_800_000_000L, 1_709_251_199_123_456L, -62_167_219_200_000_000L,
            -62_167_219_200_000_001L, 253_402_300_799_999_999L, 253_402_300_800_000_000L, 9_223_371_331_199_999_999L,
            -210_866_803_200_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void isTheSameOfMicroseconds(long epochMicros) {
        var text = new byte[7 + UtcText.LONGEST];
        var time = Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);

        int end = UtcText.write(time.toEpochSecond(), time.getNano() / 1000, text, 7);

        assertThat(new String(text, 7, end - 7, StandardCharsets.US_ASCII)).isEqualTo(UtcText.of(time));
    }
}
