package io.millrace.jobs.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InstantTextTest {

    @Test
    void writesAndReadsAsInstantDoes() {
        var random = new Random(7);
        int[] units = {1, 1_000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 100_000; i++) {
            int unit = units[i % 4];
            var instant = Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L),
                    (long) random.nextInt(1_000_000_000) / unit * unit);

            assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
            assertThat(InstantText.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00.12345678Z", "2026-01-01T00:00:00+01:00",
            "+12026-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-06-30T23:59:60Z",
            "2026-01-01T00:00:00.Z"})
    void readsWhatInstantReads(String text) {
        assertThat(InstantText.parse(text)).isEqualTo(Instant.parse(text));
    }

    @Test
    void writesTimesOfFarAwayYearsAsInstantDoes() {
        assertThat(InstantText.of(Instant.MAX)).isEqualTo(Instant.MAX.toString());
        assertThat(InstantText.of(Instant.MIN)).isEqualTo(Instant.MIN.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01",
            "2026-01-01T00:00:00.1234567890Z", "２026-01-01T00:00:00Z"})
    void refusesWhatInstantRefuses(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> InstantText.parse(text));
    }
}
