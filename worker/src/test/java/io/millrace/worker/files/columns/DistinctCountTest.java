package io.millrace.worker.files.columns;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DistinctCountTest {

    private static final double THREE_STANDARD_ERRORS = 0.039;

    @Test
    void isExactUpToItsBound() {
        var count = new DistinctCount(new DistinctBudget(DistinctBudget.DEFAULT_SLOTS));

        addTwice(count, "", DistinctCount.MAX_EXACT);

        assertThat(count.value()).isEqualTo(DistinctCount.MAX_EXACT);
        assertThat(count.isExact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_001, 100_000, 1_000_000})
    void estimatesWithinAFewPercentBeyondIt(int values) {
        for (String prefix : new String[]{"", "customer", "2020-01-01T00:00:00.", "日本"}) {
            var count = new DistinctCount(new DistinctBudget(DistinctBudget.DEFAULT_SLOTS));

            addTwice(count, prefix, values);

            assertThat(count.isExact()).isFalse();
            assertThat((double) count.value()).isCloseTo(values, within(THREE_STANDARD_ERRORS * values));
        }
    }

    @Test
    void estimatesEarlierWhenTheBudgetIsUsedUp() {
        var budget = new DistinctBudget(1500);
        var first = new DistinctCount(budget);
        var second = new DistinctCount(budget);

        addTwice(first, "", 500);
        addTwice(second, "", 500);

        assertThat(first.isExact()).isTrue();
        assertThat(first.value()).isEqualTo(500);
        assertThat(second.isExact()).isFalse();
        assertThat((double) second.value()).isCloseTo(500, within(THREE_STANDARD_ERRORS * 500));
    }

    @Test
    void givesItsShareOfTheBudgetBack() {
        var budget = new DistinctBudget(40_000);

        addTwice(new DistinctCount(budget), "", 20_000);

        assertThat(budget.take(40_000)).isTrue();
    }

    @Test
    void knowsWhichValuesCameBefore() {
        var count = new DistinctCount(new DistinctBudget(100));

        assertThat(count.add(7)).isTrue();
        assertThat(count.add(0)).isTrue();
        assertThat(count.add(7)).isFalse();
        assertThat(count.add(0)).isFalse();
    }

    private static void addTwice(DistinctCount count, String prefix, int values) {
        for (int i = 0; i < 2 * values; i++) {
            char[] text = (prefix + i % values).toCharArray();
            count.add(TextHash.of(text, 0, text.length));
        }
    }
}
