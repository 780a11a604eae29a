package io.millrace.benchmarks.jobs;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class SelectionTest {

    @Test
    void takesEverythingUnlessAskedForSomething() {
        var all = Selection.of(List.of("jobs"));

        assertThat(all.wantsScenario("drain")).isTrue();
        assertThat(all.wantsPeer("millrace")).isTrue();
        assertThat(all.sizes()).isEqualTo(Sizes.DEFAULTS);
    }

    @Test
    void takesOneScenarioOfSomePeers() {
        var some = Selection.of(List.of("jobs:drain:millrace+jobrunr"));

        assertThat(some.wantsScenario("drain")).isTrue();
        assertThat(some.wantsScenario("sleep")).isFalse();
        assertThat(some.wantsPeer("jobrunr")).isTrue();
        assertThat(some.wantsPeer("db-scheduler")).isFalse();
    }

    @Test
    void takesSizesAndMillracesOwnSettings() {
        var adjusted = Selection
                .of(List.of("jobs", "jobs.concurrency=512", "--millrace.jobs.pool.maximum-pool-size=4"));

        assertThat(adjusted.sizes().concurrency()).isEqualTo(512);
        assertThat(adjusted.settings()).containsExactly("--millrace.jobs.pool.maximum-pool-size=4");
    }

    @Test
    void refusesASizeThatThereIsNot() {
        assertThatIllegalArgumentException().isThrownBy(() -> Selection.of(List.of("jobs.height=1")))
                .withMessageContaining("height");
    }

    @Test
    void tellsWhatFromHow() {
        assertThat(List.of("jobs", "jobs:drain")).allMatch(Selection::asks).noneMatch(Selection::adjusts);
        assertThat(List.of("jobs.rounds=1", "--a=b")).allMatch(Selection::adjusts).noneMatch(Selection::asks);
        assertThat("redis").matches(argument -> !Selection.asks(argument) && !Selection.adjusts(argument));
    }
}
