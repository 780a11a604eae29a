package io.millrace.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {

    private static final String NOON = "Thu, 01 Jan 2026 12:00:00 GMT";

    @Test
    void readsSecondsAndDatesByTheServersClock() {
        assertThat(of("5", NOON)).isEqualTo(Duration.ofSeconds(5));
        assertThat(of("Thu, 01 Jan 2026 12:01:30 GMT", NOON)).isEqualTo(Duration.ofSeconds(90));
        assertThat(of("Thu, 01 Jan 2026 11:00:00 GMT", NOON)).isEqualTo(Duration.ZERO);
    }

    @Test
    void knowsNothingOfAnythingElse() {
        assertThat(of("soon", NOON)).isNull();
        assertThat(of("-5", NOON)).isNull();
        assertThat(of("Thu, 01 Jan 2026 12:01:30 GMT", "")).isNull();
    }

    private static @org.jspecify.annotations.Nullable Duration of(String value, String now) {
        return RetryAfter
                .of(HttpHeaders.of(Map.of("Retry-After", List.of(value), "Date", List.of(now)), (a, b) -> true))
                .orElse(null);
    }
}
