package io.millrace.dashboard.access;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginAttemptsTest {

    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private final LoginAttempts attempts = new LoginAttempts(
            new LoginSettings(5, Duration.ofSeconds(1), Duration.ofMinutes(5)), () -> now);

    @Test
    void makesEachFailureAfterTheFifthWaitTwiceAsLong() {
        fail(5, "grace", "10.0.0.1");

        for (int seconds : new int[]{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
            assertThat(attempts.begin("grace", "10.0.0.1")).contains(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            assertThat(attempts.begin("grace", "10.0.0.1")).as("after %d s", seconds).isEmpty();
        }
    }

    @Test
    void countsANameFromAnywhereAndAnAddressForAnyName() {
        for (int i = 0; i < 5; i++) {
            fail(1, "grace", "10.0.0." + i);
            fail(1, "somebody-" + i, "10.9.9.9");
        }

        assertThat(attempts.begin("Grace", "10.0.0.77")).isPresent();
        assertThat(attempts.begin("vera", "10.9.9.9")).isPresent();
        assertThat(attempts.begin("vera", "10.0.0.77")).isEmpty();
    }

    @Test
    void countsTheNetworkOfAnAddressThatItsHolderCanChange() {
        for (int i = 0; i < 5; i++) {
            fail(1, "somebody-" + i, "2001:db8:1:2::" + i);
        }

        assertThat(attempts.begin("vera", "2001:db8:1:2:ffff::1")).isPresent();
        assertThat(attempts.begin("vera", "2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void forgetsTheNameAfterASuccessAndTheAddressAfterAWhile() {
        fail(4, "grace", "10.0.0.1");
        assertThat(attempts.begin("grace", "10.0.0.1")).isEmpty();
        attempts.succeeded("grace", "10.0.0.1");

        assertThat(attempts.begin("grace", "10.0.0.2")).as("the name").isEmpty();
        fail(1, "vera", "10.0.0.1");
        assertThat(attempts.begin("vera", "10.0.0.1")).as("the address").isPresent();
        now = now.plus(Duration.ofMinutes(16));
        assertThat(attempts.begin("vera", "10.0.0.1")).isEmpty();
    }

    @Test
    void letsAHolderInWhereTheNameIsKnownWhateverOthersTry() {
        assertThat(attempts.begin("grace", "10.0.0.1")).isEmpty();
        attempts.succeeded("grace", "10.0.0.1");
        for (int i = 0; i < 50; i++) {
            attempts.begin("grace", "172.16.0." + i);
        }

        assertThat(attempts.begin("grace", "172.16.9.9")).isPresent();
        assertThat(attempts.begin("grace", "10.0.0.1")).isEmpty();
    }

    @Test
    void remembersOnlySoMuch() {
        fail(5, "grace", "10.0.0.1");
        for (int i = 0; i < 200_000; i++) {
            attempts.begin("name-" + i, "address-" + i);
        }

        assertThat(attempts.size()).isLessThanOrEqualTo(10_000);
    }

    private void fail(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(attempts.begin(name, address)).isEmpty();
        }
    }
}
