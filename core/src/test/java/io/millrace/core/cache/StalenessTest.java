package io.millrace.core.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@link ThreeNodesIT} counts as stale. */
class StalenessTest {

    private static final RaceLog WRITER = new RaceLog(0, 0,
            List.of(new RaceLog.Write(1, 7, at(100), at(110)), new RaceLog.Write(1, 8, at(200), at(210))), List.of());

    @Test
    void countsFromTheChangeToTheLastReadOfAnythingOlder() {
        var reader = reader(new RaceLog.Answer(1, 5, at(130)), new RaceLog.Answer(1, 6, at(120)),
                new RaceLog.Answer(1, 7, at(260)), new RaceLog.Answer(1, 8, at(900)));

        assertThat(Staleness.sinceCommits(List.of(WRITER, reader)).ages())
                .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofMillis(30), Duration.ofMillis(60));
    }

    @Test
    void countsNoReadThatBeganBeforeTheChangeOrIsOfAnotherCounter() {
        var reader = reader(new RaceLog.Answer(1, 6, at(99)), new RaceLog.Answer(1, 7, at(199)),
                new RaceLog.Answer(2, 1, at(900)));

        assertThat(Staleness.sinceCommits(List.of(WRITER, reader)).longest()).isZero();
    }

    @Test
    void countsOnTheNodeOfTheChangeFromTheReturn() {
        var both = new RaceLog(2, 0, WRITER.writes(),
                List.of(new RaceLog.Answer(1, 6, at(105)), new RaceLog.Answer(1, 7, at(215))));

        assertThat(Staleness.ownSinceReturns(List.of(both)).ages()).containsExactly(Duration.ZERO,
                Duration.ofMillis(5));
    }

    @Test
    void takesTheNearestRank() {
        var ages = new Staleness(
                IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList());

        assertThat(ages.percentile(50)).isEqualTo(Duration.ofMillis(100));
        assertThat(ages.percentile(99)).isEqualTo(Duration.ofMillis(198));
        assertThat(ages.longest()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void readsWhatANodeWrote() {
        var log = new RaceLog(3, 2, WRITER.writes(), List.of(new RaceLog.Answer(1, 6, at(105))));

        assertThat(RaceLog.parse(log.lines())).isEqualTo(log);
        assertThat(log.lines()).filteredOn(RaceLog::isLast).containsExactly(log.lines().getLast());
    }

    private static RaceLog reader(RaceLog.Answer... answers) {
        return new RaceLog(answers.length, 0, List.of(), List.of(answers));
    }

    private static Instant at(int milliseconds) {
        return Instant.EPOCH.plusMillis(milliseconds);
    }
}
