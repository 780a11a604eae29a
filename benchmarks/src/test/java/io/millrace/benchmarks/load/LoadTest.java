package io.millrace.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class LoadTest {

    private static final Requests REQUESTS = Requests.get("/", "Accept: */*");
    private static final String ANSWER = "HTTP/1.1 200 \r\nX-Cache: local\r\nContent-Length: 3\r\n\r\nabc";
    private static final Duration STALL = Duration.ofMillis(300);

    @Test
    void asksForAsManyAsTheRateSays() throws Exception {
        try (var server = new ServerUnderTest(ANSWER, () -> {
        })) {
            var answered = new Load(server.port(), 2).at(100, REQUESTS, Duration.ofMillis(400));

            assertThat(answered.requests()).isBetween(40, 41);
            assertThat(answered.bytesPerAnswer()).isEqualTo(3);
            assertThat(answered.shareFrom("local")).isEqualTo(1);
        }
    }

    @Test
    void countsWhatWasDueWhileTheServerStoodStill() throws Exception {
        try (var server = new ServerUnderTest(ANSWER, LoadTest::stall)) {
            var answered = new Load(server.port(), 1).at(100, REQUESTS, Duration.ofMillis(400));

            // Thirty were due meanwhile, and waited for a third of it on average; a closed loop would have seen one.
            assertThat(answered.latencies().within(0.5)).isGreaterThan(STALL.dividedBy(10));
        }
    }

    @Test
    void asksAgainAsSoonAsItIsAnswered() throws Exception {
        try (var server = new ServerUnderTest(ANSWER, () -> {
        })) {
            assertThat(new Load(server.port(), 2).asFastAsItGoes(REQUESTS, Duration.ofMillis(200)).requests())
                    .isGreaterThan(2);
        }
    }

    @Test
    void endsAtTheFirstError() throws IOException {
        try (var server = new ServerUnderTest("HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n", () -> {
        })) {
            assertThatThrownBy(() -> new Load(server.port(), 1).asFastAsItGoes(REQUESTS, Duration.ofSeconds(5)))
                    .hasRootCauseMessage("answered 500");
        }
    }

    private static void stall() {
        for (long end = System.nanoTime() + STALL.toNanos(); System.nanoTime() < end;) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
