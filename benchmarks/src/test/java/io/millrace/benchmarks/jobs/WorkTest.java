package io.millrace.benchmarks.jobs;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class WorkTest {

    private final Work work = new Work(2, Duration.ZERO);

    @Test
    void isDoneWhenEachJobHasRun() throws Exception {
        work.run(1);
        work.run(0);

        work.await(Duration.ofSeconds(1));
        assertThat(work.firstStart()).isEqualTo(work.startOf(1)).isLessThanOrEqualTo(work.startOf(0));
        assertThat(work.repeated()).isZero();
    }

    @Test
    void takesNoJobThatRunsTwiceForTwo() throws Exception {
        work.run(0);
        long first = work.startOf(0);
        work.run(0);

        assertThat(work.repeated()).isEqualTo(1);
        assertThat(work.startOf(0)).isEqualTo(first);
        assertThat(work.hasStarted(1)).isFalse();
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> work.await(Duration.ofMillis(1)))
                .withMessageContaining("1 jobs");
    }
}
