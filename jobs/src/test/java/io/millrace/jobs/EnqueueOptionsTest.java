package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnqueueOptionsTest {

    @Test
    void refuseATimeLimitThatIsNone() {
        for (var limit : List.of("PT0S", "-PT2S", "PT0.999S", "P7DT0.001S", "PT1.0000001S")) {
            refused("timeLimit", () -> EnqueueOptions.DEFAULTS.withTimeLimit(Duration.parse(limit)));
        }
        for (var limit : List.of("PT1S", "P7D", "PT1.001S")) {
            assertThat(EnqueueOptions.DEFAULTS.withTimeLimit(Duration.parse(limit)).timeLimit()).hasToString(
                    Duration.parse(limit).toString());
        }
    }

    @Test
    void refuseAnEnqueuerThatCannotBeNamed() {
        for (var enqueuer : List.of("", " ", "a".repeat(101), "a\0", "\ud800")) {
            refused("enqueuedBy", () -> EnqueueOptions.DEFAULTS.withEnqueuedBy(enqueuer));
        }
        assertThat(EnqueueOptions.DEFAULTS.withEnqueuedBy("a".repeat(100)).enqueuedBy()).hasSize(100);
    }

    private static void refused(String field, Supplier<EnqueueOptions> options) {
        assertThatExceptionOfType(InvalidEnqueueOption.class).isThrownBy(options::get)
                .satisfies(refused -> assertThat(refused.field()).isEqualTo(field));
    }
}
