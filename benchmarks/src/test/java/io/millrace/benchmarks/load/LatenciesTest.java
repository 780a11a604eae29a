package io.millrace.benchmarks.load;

import java.time.Duration;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LatenciesTest {

    @Test
    void tellsWithinWhichTimeAShareWasAnswered() {
        var latencies = new Latencies();
        LongStream.rangeClosed(1, 10_000).forEach(latencies::add);

        assertThat(latencies.within(0.5)).isEqualTo(Duration.ofNanos(5_000));
        assertThat(latencies.within(0.999)).isEqualTo(Duration.ofNanos(9_990));
        assertThat(latencies.within(1)).isEqualTo(Duration.ofNanos(10_000));
    }

    @Test
    void putsThoseOfAllConnectionsTogether() {
        var all = new Latencies();
        all.add(3);
        var others = new Latencies();
        others.add(5);
        all.addAll(others);

        assertThat(all.count()).isEqualTo(2);
        assertThat(all.within(1)).isEqualTo(Duration.ofNanos(5));
    }
}
