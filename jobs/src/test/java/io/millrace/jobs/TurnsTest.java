package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class TurnsTest {

    private static final Duration BATCH = Duration.ofMillis(700);

    @Test
    void endAfterTwoSecondsWithMoreLeft() {
        assertThat(ofBatchesThatTake(BATCH).take(10, () -> 10)).isEqualTo(new Turns.Turn(30, false));
    }

    @Test
    void endWithABatchThatIsNotFull() {
        var rows = new AtomicLong(15);

        assertThat(ofBatchesThatTake(BATCH).take(10, () -> (int) Math.min(10, rows.getAndAdd(-10))))
                .isEqualTo(new Turns.Turn(15, true));
    }

    @Test
    void restAfterEachBatchForAsLongAsItTook() {
        var time = new AtomicLong();
        var rests = new ArrayList<Long>();

        new Turns(time::get, rests::add).take(10, () -> {
            time.addAndGet(BATCH.toNanos());
            return 10;
        });

        assertThat(rests).containsExactly(BATCH.toNanos(), BATCH.toNanos());
    }

    @Test
    void endWhenTheirThreadIsToldTo() {
        var turn = Turns.REAL.take(10, () -> {
            Thread.currentThread().interrupt();
            return 10;
        });

        assertThat(turn).isEqualTo(new Turns.Turn(10, false));
        assertThat(Thread.interrupted()).as("whoever called hears of it").isTrue();
    }

    /** With everything around it: the clock goes on by half of that whenever somebody looks at it. */
    static Turns ofBatchesThatTake(Duration time) {
        var now = new AtomicLong();
        return new Turns(() -> now.addAndGet(time.toNanos() / 2), rest -> {
            // Nobody waits.
        });
    }
}
