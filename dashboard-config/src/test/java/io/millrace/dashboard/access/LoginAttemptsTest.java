package io.millrace.dashboard.access;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

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
            assertThat(wait("grace", "10.0.0.1")).isEqualTo(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            fail(1, "grace", "10.0.0.1");
        }
    }

    @Test
    void countsANameFromAnywhereAndAnAddressForAnyName() {
        for (int i = 0; i < 5; i++) {
            fail(1, "grace", "10.0.0." + i);
            fail(1, "somebody-" + i, "10.9.9.9");
        }

        assertThat(wait("Grace", "10.0.0.77")).isPositive();
        assertThat(wait("vera", "10.9.9.9")).isPositive();
        assertThat(wait("vera", "10.0.0.77")).isZero();
    }

    @Test
    void countsTheNetworkOfAnAddressThatItsHolderCanChange() {
        for (int i = 0; i < 5; i++) {
            fail(1, "somebody-" + i, "2001:db8:1:2::" + i);
        }

        assertThat(wait("vera", "2001:db8:1:2:ffff::1")).isPositive();
        assertThat(wait("vera", "2001:db8:1:3::1")).isZero();
    }

    @Test
    void forgetsTheNameAfterASuccessAndTheAddressAfterAWhile() {
        fail(4, "grace", "10.0.0.1");
        succeed("grace", "10.0.0.1");

        assertThat(wait("grace", "10.0.0.2")).as("the name").isZero();
        fail(1, "vera", "10.0.0.1");
        assertThat(wait("vera", "10.0.0.1")).as("the address").isPositive();
        now = now.plus(Duration.ofMinutes(16));
        assertThat(wait("vera", "10.0.0.1")).isZero();
    }

    @Test
    void letsAHolderInWhereTheNameIsKnownWhateverOthersTry() {
        succeed("grace", "10.0.0.1");
        for (int i = 0; i < 50; i++) {
            now = now.plusSeconds(8);
            fail(1, "grace", "172.16.0." + i);
            fail(1, "somebody-" + i, "10.0.0.1");
        }

        assertThat(wait("grace", "172.16.9.9")).isPositive();
        assertThat(wait("vera", "10.0.0.1")).isPositive();
        fail(5, "grace", "10.0.0.1");
        assertThat(wait("grace", "10.0.0.1")).as("its own").isPositive();
    }

    @Test
    void holdsNobodyUpForLongWhereOnlyOthersHaveFailed() {
        for (int i = 0; i < 50; i++) {
            now = now.plusSeconds(8);
            fail(1, "somebody-" + i, "10.0.0.1");
            fail(1, "grace", "172.16.0." + i);
        }

        assertThat(wait("grace", "10.0.0.1")).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
        now = now.plusSeconds(8);
        assertThat(wait("grace", "10.0.0.1")).isZero();
    }

    /** Somebody with the right password, at a new place or after a restart of the dashboard. */
    @Test
    void letsInWhoHasWaitedThoughOthersNeverStop() {
        fail(5, "grace", "172.16.0.1");
        for (int i = 0; i < 5; i++) {
            fail(1, "somebody-" + i, "10.0.0.1");
        }
        var told = Duration.ZERO;

        for (int tenths = 0; tenths < 100; tenths++) {
            now = now.plusMillis(100);
            // Each as soon as it may, which renews the delay of the name and of the address.
            tryInVain("grace", "172.16.0.1");
            tryInVain("grace", "172.16.0.2");
            tryInVain("somebody", "10.0.0.1");
            if (tenths == 20) {
                told = wait("grace", "10.0.0.1");
                assertThat(told).isBetween(Duration.ofMillis(1), Duration.ofSeconds(8));
            }
        }
        // Another has had the turn of this second.
        now = now.plusSeconds(1);

        assertThat(told).isPositive();
        assertThat(wait("grace", "10.0.0.1")).isZero();
    }

    @Test
    void givesOneTurnASecondHoweverManyWait() {
        for (int i = 0; i < 5; i++) {
            fail(1, "vera", "10.0.1." + i);
        }
        for (int second = 0, made = 0; second < 60; second++) {
            now = now.plusSeconds(1);
            for (int i = 0; i < 200; i++) {
                made += tryInVain("vera", "10.0.2." + i) ? 1 : 0;
            }
            assertThat(made).isLessThanOrEqualTo(second + 2);
        }
    }

    @Test
    void makesANameWaitForMinutesWhereItFailedItself() {
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(300);
            fail(1, "grace", "10.0.0.1");
        }

        assertThat(wait("grace", "10.0.0.1")).isEqualTo(Duration.ofMinutes(5));
        assertThat(wait("vera", "10.0.0.1")).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void letsManyRightOnesInAtOnce() {
        var atOnce = IntStream.range(0, 8).mapToObj(_ -> attempts.begin("grace", "10.0.0.1")).toList();

        assertThat(atOnce).allSatisfy(attempt -> assertThat(attempt.delay()).isZero());
        atOnce.forEach(attempts::succeeded);
        assertThat(attempts.size()).as("nothing is left of it").isZero();
        var known = IntStream.range(0, 200).mapToObj(_ -> attempts.begin("grace", "10.0.0.1")).toList();
        assertThat(known).allSatisfy(attempt -> assertThat(attempt.delay()).isZero());
    }

    @Test
    void takesManyGuessesAtOnceForNoWayAround() {
        assertThat(many("eve", "10.0.0.9", 1_000)).as("of a name that has not failed").isEqualTo(20);

        fail(1, "grace", "10.0.0.1");
        assertThat(many("grace", "10.0.0.1", 1_000)).as("of a name that has failed once").isEqualTo(4);

        for (int i = 0; i < 5; i++) {
            fail(1, "vera", "10.0.1." + i);
        }
        now = now.plusSeconds(8);
        assertThat(IntStream.range(0, 100).map(i -> many("vera", "10.0.2." + i, 1)).sum())
                .as("from many addresses").isEqualTo(1);
    }

    @Test
    void remembersOnlySoMuch() {
        fail(5, "grace", "10.0.0.1");
        for (int i = 0; i < 200_000; i++) {
            attempts.failed(attempts.begin("name-" + i, "address-" + i));
        }

        assertThat(attempts.size()).isLessThanOrEqualTo(10_000);
    }

    private void fail(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            var attempt = attempts.begin(name, address);
            assertThat(attempt.delay()).isZero();
            attempts.failed(attempt);
        }
    }

    /** Whether it could be made. */
    private boolean tryInVain(String name, String address) {
        var attempt = attempts.begin(name, address);
        if (attempt.delay().isZero()) {
            attempts.failed(attempt);
        }
        return attempt.delay().isZero();
    }

    private void succeed(String name, String address) {
        attempts.succeeded(attempts.begin(name, address));
    }

    /** How many of so many may be made. */
    private int many(String name, String address, int times) {
        return (int) IntStream.range(0, times).filter(_ -> attempts.begin(name, address).delay().isZero()).count();
    }

    /** Of the next one, which is under way for ever after that if it need not wait. */
    private Duration wait(String name, String address) {
        return attempts.begin(name, address).delay();
    }
}
