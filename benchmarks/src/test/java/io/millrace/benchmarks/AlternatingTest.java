package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.millrace.benchmarks.Alternating.Rounds;

import static org.assertj.core.api.Assertions.assertThat;

final class AlternatingTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void letsThePeersTakeTurns() throws Exception {
        peers().rounds(0, 2);

        assertThat(calls).containsExactly("A", "B", "A", "B");
    }

    @Test
    void throwsTheFirstRoundsAway() throws Exception {
        assertThat(peers().rounds(1, 2)).containsExactly(new Rounds<>("A", List.of(3, 5)),
                new Rounds<>("B", List.of(4, 6)));
    }

    @Test
    void comparesEachRoundWithTheOneBesideIt() {
        var slow = new Rounds<>("slow", List.of(1, 10));
        var fast = new Rounds<>("fast", List.of(2, 100));

        assertThat(slow.percentOf(fast, Integer::doubleValue)).isEqualTo(new Spread(30, 10, 50));
    }

    private Alternating<Integer> peers() {
        return new Alternating<Integer>().peer("A", () -> called("A")).peer("B", () -> called("B"));
    }

    private int called(String name) {
        calls.add(name);
        return calls.size();
    }
}
