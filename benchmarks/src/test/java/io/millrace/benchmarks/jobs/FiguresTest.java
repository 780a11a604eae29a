package io.millrace.benchmarks.jobs;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.millrace.benchmarks.Alternating.Rounds;

import static org.assertj.core.api.Assertions.assertThat;

final class FiguresTest {

    private final Column<Integer> speed = Column.of("jobs/s", 0, (Integer round) -> round.doubleValue())
            .besidePlainJobRunr();
    private final Rounds<Integer> millrace = new Rounds<>("Millrace", List.of(600, 800));

    @Test
    void comparesWithPlainJobRunrOfTheSameRound() {
        var plain = new Rounds<>(JobRunrPeer.NAME, List.of(100, 200));

        assertThat(Figures.of("drain", List.of(millrace, plain), List.of(speed)).table())
                .contains("700 (600–800) | 5.00 (4.00–6.00)").contains("1.00 (1.00–1.00)");
    }

    @Test
    void comparesWithNothingWherePlainJobRunrDidNotRun() {
        assertThat(Figures.of("drain", List.of(millrace), List.of(speed)).table())
                .containsPattern("\\(600–800\\) \\| +\\|");
    }

    @Test
    void keepsEveryRoundForMachines() {
        assertThat(Figures.of("drain", List.of(millrace), List.of(speed)).raw()).singleElement()
                .satisfies(raw -> assertThat(raw).containsEntry("scenario", "drain").containsEntry("peer", "Millrace")
                        .containsEntry("figure", "jobs/s").containsEntry("rounds", List.of(600.0, 800.0))
                        .containsEntry("median", 700.0).containsEntry("least", 600.0).containsEntry("most", 800.0));
    }
}
