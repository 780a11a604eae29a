package io.millrace.api.keys;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Windows of two processes on the real table. */
final class KeyWindowTest {

    private static final AtomicLong NUMBER = new AtomicLong();

    private final JdbcClient jdbc = ApiUnderTest.shared().bean(JdbcClient.class);
    private final WindowRows rows = new WindowRows(jdbc);
    private final String key = "window%06d".formatted(NUMBER.incrementAndGet());

    @BeforeEach
    void makeKey() {
        jdbc.sql("insert into api_keys (id, name, scopes, created_by) values (?, 'test', '{read}', 'test')").param(key)
                .update();
    }

    @Test
    void grantsNoMoreThanTheAllowanceInAllProcessesTogether() {
        var one = window(100, Duration.ofHours(1));
        var other = window(100, Duration.ofHours(1));

        long granted = IntStream.range(0, 150)
                .filter(i -> (i % 3 == 0 ? one : other).take(1).isGranted()).count();

        // What one has in hand when the table is empty is its own to grant: at most a twentieth.
        assertThat(granted).isBetween(95L, 100L);
        assertThat(LongStream.range(0, 10).filter(i -> one.take(1).isGranted()).count() + granted).isLessThanOrEqualTo(
                100L);
    }

    @Test
    void asksTheDatabaseTwentyTimesForAllRequestsOfAWindowAndNeverOnceItIsUsedUp() {
        var window = window(1000, Duration.ofHours(1));

        for (int i = 1; i <= 50; i++) {
            window.take(1);
        }
        assertThat(handedOut()).isEqualTo(50);
        window.take(1);
        assertThat(handedOut()).isEqualTo(100);
        for (int i = 0; i < 949; i++) {
            assertThat(window.take(1).isGranted()).isTrue();
        }
        jdbc.sql("delete from api_key_windows where key_id = ?").param(key).update();

        assertThat(window.take(1).isGranted()).isFalse();
        assertThat(handedOut()).isZero();
    }

    @Test
    void isExactWhereFewAreAllowed() {
        var one = window(3, Duration.ofHours(1));
        var other = window(3, Duration.ofHours(1));

        assertThat(one.take(1)).satisfies(answer -> {
            assertThat(answer.isGranted()).isTrue();
            assertThat(answer.remaining()).isEqualTo(2);
            assertThat(answer.untilEnd()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        });
        assertThat(other.take(1).isGranted()).isTrue();
        assertThat(one.take(1).isGranted()).isTrue();
        assertThat(one.take(1).isGranted()).isFalse();
        assertThat(other.take(1).isGranted()).isFalse();
    }

    @Test
    void grantsAnewOnceTheWindowIsOver() {
        var one = window(1, Duration.ofSeconds(1));
        var other = window(1, Duration.ofSeconds(1));
        assertThat(one.take(1).isGranted()).isTrue();

        await().until(() -> other.take(1).isGranted());
        await().until(() -> one.take(1).isGranted());
    }

    @Test
    void grantsAllOfManyUnitsOrNone() {
        var window = window(1000, Duration.ofHours(1));

        assertThat(window.take(900).isGranted()).isTrue();
        assertThat(window.take(101).isGranted()).isFalse();
        assertThat(window.take(0).remaining()).isEqualTo(100);
        assertThat(window.take(100).isGranted()).isTrue();
        assertThat(window.take(0).isGranted()).isTrue();
    }

    @Test
    void leavesToOthersWhatWasTooLittleForARefusedOne() {
        var one = window(1000, Duration.ofHours(1));
        var other = window(1000, Duration.ofHours(1));
        assertThat(one.take(600).isGranted()).isTrue();

        assertThat(one.take(500).isGranted()).isFalse();
        assertThat(one.take(5000).isGranted()).isFalse();
        assertThat(other.take(500).isGranted()).isFalse();
        assertThat(handedOut()).isEqualTo(600);
        assertThat(other.take(400).isGranted()).isTrue();
    }

    private KeyWindow window(long units, Duration length) {
        return new KeyWindow(key, new Allowance("requests", null, units, length), rows);
    }

    private long handedOut() {
        return jdbc.sql("select coalesce(sum(handed_out), 0) from api_key_windows where key_id = ?").param(key)
                .query(Long.class).single();
    }
}
