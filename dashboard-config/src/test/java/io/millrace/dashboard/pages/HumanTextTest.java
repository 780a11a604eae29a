package io.millrace.dashboard.pages;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HumanTextTest {

    @ParameterizedTest
    @CsvSource({"PT0S, 0 ms", "PT0.0002S, < 1 ms", "PT0.001S, 1 ms", "PT0.23S, 230 ms", "PT0.9996S, 1 s",
            "PT2.34S, 2.3 s",
            "PT9.96S, 10 s", "PT42.4S, 42 s", "PT59.6S, 1 min", "PT3M20S, 3 min 20 s", "PT59M59.6S, 1 h",
            "PT1H20M10S, 1 h 20 min", "PT23H59M40S, 1 d", "PT76H, 3 d 4 h", "P400D, 400 d", "PT-5S, 0 ms"})
    void saysADurationInTwoUnitsAtMost(Duration duration, String text) {
        assertThat(HumanText.duration(duration)).isEqualTo(text);
    }

    @Test
    void saysADashWhereThereIsNothing() {
        assertThat(HumanText.duration(null)).isEqualTo("–");
        assertThat(HumanText.percent(0, 0)).isEqualTo("–");
        assertThat(When.of(null, Instant.EPOCH)).isNull();
    }

    @Test
    void groupsNumbers() {
        assertThat(HumanText.number(1_234_567)).isEqualTo("1,234,567");
        assertThat(HumanText.count(1, "job", "jobs")).isEqualTo("1 job");
        assertThat(HumanText.count(2_000, "job", "jobs")).isEqualTo("2,000 jobs");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1 kB", "1234567, 1.2 MB", "999999, 1 MB", "12345678901, 12 GB",
            "9223372036854775807, 9.2 EB"})
    void saysBytesByPowersOfAThousand(long bytes, String text) {
        assertThat(HumanText.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 0 %", "1, 3, 33 %", "4, 1000, 0.4 %", "1, 1000000, < 0.1 %", "10, 10, 100 %"})
    void neverSaysThatWhatFailedSeldomFailedNever(long part, long all, String text) {
        assertThat(HumanText.percent(part, all)).isEqualTo(text);
    }

    @Test
    void saysTimesInUtcAndHowFarAwayTheyAre() {
        var time = Instant.parse("2026-11-26T16:05:00.123456Z");

        assertThat(When.at(time, time.plusSeconds(200)))
                .isEqualTo(new When("2026-11-26T16:05:00.123Z", "2026-11-26 16:05:00", "3 min 20 s ago"));
        assertThat(When.at(time, time.minusSeconds(90)).ago()).isEqualTo("in 1 min 30 s");
        assertThat(When.at(time, time.minusMillis(20)).ago()).as("another machine's clock").isEqualTo("0 ms ago");
    }
}
