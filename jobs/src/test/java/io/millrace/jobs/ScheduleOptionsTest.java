package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScheduleOptionsTest {

    @Test
    void tellsTheTimesThatFollowOneOfThem() {
        var nightly = ScheduleOptions.cron("0 3 * * *", ZoneId.of("Europe/Berlin"));
        var often = ScheduleOptions.every(Duration.ofMinutes(7));

        assertThat(nightly.timesFrom(Instant.parse("2026-10-24T01:00:00Z"), 3)).containsExactly(
                Instant.parse("2026-10-24T01:00:00Z"), Instant.parse("2026-10-25T02:00:00Z"),
                Instant.parse("2026-10-26T02:00:00Z"));
        assertThat(often.timesFrom(Instant.parse("2026-10-24T01:03:00Z"), 2))
                .containsExactly(Instant.parse("2026-10-24T01:03:00Z"), Instant.parse("2026-10-24T01:10:00Z"));
    }
}
