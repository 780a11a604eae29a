package io.millrace.worker.files.columns;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.millrace.core.files.FileProfile;

import static org.assertj.core.api.Assertions.assertThat;

class QuantileTest {

    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private static final double RANK_ERROR = 0.0133;
    private static final int VALUES = 5_000;
    private static final int PROFILES = 200;
    /** One in a hundred is two of so many; more than a dozen come once in five million runs. */
    private static final int MOST_OFF = 12;

    enum Order {

        RISING, FALLING, RANDOM, FEW;

        IntStream column() {
            var random = new Random(1);
            return IntStream.range(0, VALUES).map(i -> switch (this) {
                case RISING -> i;
                case FALLING -> VALUES - i;
                case RANDOM -> random.nextInt(400_000);
                case FEW -> random.nextInt(7);
            });
        }
    }

    /** Where a value stands among all in their order, from 1. */
    private record Ranks(int first, int last) {

        Ranks with(Ranks later) {
            return new Ranks(first, later.last);
        }
    }

    @Test
    void areExactUpTo200Values() {
        var falling = IntStream.range(0, 200).mapToObj(i -> "" + (200 - i)).toList();

        assertThat(quantiles(falling)).containsExactly("10", "50", "100", "150", "190", "198");
    }

    @ParameterizedTest
    @EnumSource
    void ofNumbersAreOffNoMoreOftenThanStated(Order order) {
        assertThat(profilesOff(order, Integer::toString)).isLessThanOrEqualTo(MOST_OFF);
    }

    /** So late that a double would not hold them to the microsecond, and with as many digits as they are written with. */
    @ParameterizedTest
    @EnumSource
    void ofMomentsAreOffNoMoreOftenThanStated(Order order) {
        assertThat(profilesOff(order, value -> "9999-01-01T00:00:00.%06dZ".formatted(2 * value + 1)))
                .isLessThanOrEqualTo(MOST_OFF);
    }

    @Test
    void ofDatesAreKeptBothWaysUntilItIsKnownWhetherTheDayComesFirst() {
        var dates = new ArrayList<>(Collections.nCopies(300, "1/1/2000"));
        dates.addAll(Collections.nCopies(700, "1/2/2000"));
        dates.add("31/12/2000");

        assertThat(quantiles(dates)).containsExactly("2000-01-01", "2000-01-01", "2000-02-01", "2000-02-01",
                "2000-02-01", "2000-02-01");
    }

    private static long profilesOff(Order order, IntFunction<String> text) {
        var values = order.column().mapToObj(text).toList();
        var ranks = new HashMap<String, Ranks>();
        int rank = 1;
        for (int value : order.column().sorted().toArray()) {
            ranks.merge(text.apply(value), new Ranks(rank, rank), Ranks::with);
            rank++;
        }
        return IntStream.range(0, PROFILES).filter(i -> isOff(ranks, quantiles(values))).count();
    }

    private static boolean isOff(Map<String, Ranks> ranks, List<String> answers) {
        assertThat(ranks).containsKeys(answers.toArray(String[]::new));
        double most = RANK_ERROR * VALUES;
        return IntStream.range(0, SHARES.length).anyMatch(i -> {
            double wanted = SHARES[i] * VALUES;
            var answer = Objects.requireNonNull(ranks.get(answers.get(i)));
            return wanted < answer.first() - most || wanted > answer.last() + most;
        });
    }

    private static List<String> quantiles(List<String> texts) {
        var columns = new Columns();
        var column = columns.add("c");
        for (String text : texts) {
            column.add(text.toCharArray(), 0, text.length());
        }
        FileProfile.Quantiles q = Objects.requireNonNull(columns.describe(texts.size()).getFirst().quantiles());
        return List.of(q.p5(), q.p25(), q.p50(), q.p75(), q.p95(), q.p99());
    }
}
