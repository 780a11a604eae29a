package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many carriers are needed, by one look after another. */
class CarrierNeedTest {

    private static final int AN_HOUR = 36_000;

    private final CarrierNeed need = new CarrierNeed(5);
    /** How many of them a handler computes on that never ends. */
    private int computing;

    @Test
    void isNotMoreAfterOnePause() {
        for (int i = 0; i < 10; i++) {
            need.look(false, true);
            assertThat(need.more()).isZero();
            need.look(true, true);
        }

        assertThat(need.isOver()).isTrue();
    }

    @Test
    void isOneMoreForEachLookThatFindsNoTurnFromTheSecondOn() {
        need.look(false, true);
        need.look(false, true);
        assertThat(need.more()).isEqualTo(1);
        need.look(false, true);
        assertThat(need.more()).isEqualTo(2);
    }

    @Test
    void isNeverMoreThanThereMayBe() {
        stallLooks(20);
        assertThat(need.more()).isEqualTo(5);

        need.isTheMost(3);
        stallLooks(20);

        assertThat(need.more()).isEqualTo(3);
    }

    @Test
    void stallsLessAndLessOftenWhereAHandlerNeverEnds() {
        computing = 1;

        var stalls = stalls(AN_HOUR * 10, true);

        assertThat(stalls.size()).isBetween(10, 20);
        assertThat(stalls.getLast() - stalls.get(stalls.size() - 2)).isBetween(AN_HOUR, AN_HOUR + 10);
        assertThat(need.more()).isEqualTo(1);
        assertThat(need.isOver()).as("one episode").isFalse();
    }

    @Test
    void isLessStepByStepOnceTheHandlersEnd() {
        computing = 3;
        stalls(1_000, true);
        assertThat(need.more()).isEqualTo(3);

        computing = 0;

        assertThat(stalls(4_000, true)).isEmpty();
        assertThat(need.isOver()).isTrue();
    }

    @Test
    void isLookedAtSoonerWithoutAWorkerAndKeptForWhatStillComputes() {
        computing = 2;
        stalls(20, true);
        computing = 1;

        stalls(50, false);

        assertThat(need.more()).isEqualTo(1);
        assertThat(stalls(AN_HOUR, false)).hasSizeLessThan(15);
        computing = 0;
        stalls(AN_HOUR, false);
        assertThat(need.isOver()).isTrue();
    }

    private void stallLooks(int looks) {
        for (int i = 0; i < looks; i++) {
            need.look(false, true);
        }
    }

    /** When others had no turn for the first time after they had one. */
    private List<Integer> stalls(int looks, boolean isUsed) {
        var stalls = new ArrayList<Integer>();
        boolean before = true;
        for (int i = 0; i < looks; i++) {
            boolean hasATurn = need.more() >= computing;
            need.look(hasATurn, isUsed);
            if (before && !hasATurn) {
                stalls.add(i);
            }
            before = hasATurn;
        }
        return stalls;
    }
}
