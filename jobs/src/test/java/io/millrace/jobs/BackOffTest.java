package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofSeconds(3), Duration.ofMinutes(1));
    private final Random random = new Random(1);

    @Test
    void doublesWithEachFailureUpToItsCap() {
        assertThat(longest(1)).isBetween(Duration.ofMillis(2_900), Duration.ofSeconds(3));
        assertThat(longest(2)).isBetween(Duration.ofMillis(5_900), Duration.ofSeconds(6));
        assertThat(longest(5)).isBetween(Duration.ofSeconds(47), Duration.ofSeconds(48));
        assertThat(longest(6)).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(1));
        assertThat(longest(1_000)).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(1));
    }

    @Test
    void spreadsWaitsOverTheUpperHalf() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> backOff.afterFailure(1, random)))
                .allMatch(wait -> wait.compareTo(Duration.ofMillis(1_500)) >= 0)
                .anyMatch(wait -> wait.compareTo(Duration.ofMillis(1_600)) < 0)
                .anyMatch(wait -> wait.compareTo(Duration.ofMillis(2_900)) > 0);
    }

    @Test
    void refusesWaitsThatMakeNoSense() {
        assertThatThrownBy(() -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isTheOneOfTheAnnotationForATypeThisWorkerDoesNotKnow() throws NoSuchMethodException {
        assertThat(BackOff.OF_UNKNOWN_TYPES.initial()).hasToString(annotated("backOff"));
        assertThat(BackOff.OF_UNKNOWN_TYPES.max()).hasToString(annotated("maxBackOff"));
        var types = new JobTypes(List.of(),
                new JobsProperties("millrace_jobs", List.of(), Duration.ofHours(1), Duration.ofHours(24), true,
                        Map.of()));
        var orphan = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("newer-type", 1, "default", 0, 3, "{}"),
                new EnqueuedState(), List.of());
        orphan.failed("Orphaned job", new IllegalStateException("its worker is gone"));

        new BackOffFilter(types, new JobHandlers(List.of(), types), Clock.systemUTC(), random).onStateElection(orphan,
                orphan.getJobState());

        assertThat(orphan.getState()).isEqualTo(StateName.SCHEDULED);
    }

    private static String annotated(String policy) throws NoSuchMethodException {
        return String.valueOf(JobType.class.getMethod(policy).getDefaultValue());
    }

    private Duration longest(int failures) {
        return IntStream.range(0, 1_000).mapToObj(i -> backOff.afterFailure(failures, random))
                .max(Duration::compareTo).orElseThrow();
    }
}
