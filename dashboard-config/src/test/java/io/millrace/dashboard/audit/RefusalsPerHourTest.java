package io.millrace.dashboard.audit;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalsPerHourTest {

    private Instant now = Instant.parse("2031-01-06T12:00:00Z");
    private final RefusalsPerHour refusals = new RefusalsPerHour(() -> now);

    @Test
    void countsEachPersonForThemselvesAndBeginsAnewAfterAnHour() {
        for (int i = 1; i <= RefusalsPerHour.MOST; i++) {
            assertThat(refusals.next("vera")).isEqualTo(i);
        }
        assertThat(refusals.next("vera")).isGreaterThan(RefusalsPerHour.MOST);
        assertThat(refusals.next("grace")).isEqualTo(1);

        now = now.plus(Duration.ofMinutes(59));
        assertThat(refusals.next("vera")).isGreaterThan(RefusalsPerHour.MOST);

        now = now.plus(Duration.ofMinutes(1));
        assertThat(refusals.next("vera")).isEqualTo(1);
    }
}
