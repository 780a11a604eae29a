package io.millrace.local.tracing;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A collector that takes connections and never answers: the worst one to have. */
@ExtendWith(OutputCaptureExtension.class)
class CollectorAwayTest {

    private static final String WARNING = "the collector does not take spans";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Many times what 60 requests and their jobs take, and less than as many exports would. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void holdsUpNeitherRequestsNorJobsAndIsComplainedOfOnce(CapturedOutput output) throws Exception {
        try (var collector = Collector.startThatHangs();
                var service = new CalledService(0);
                var platform = TracedPlatform.start(collector.endpoint())) {
            // An export is under way, and hangs, from here on.
            post(platform, service);
            await().atMost(PATIENCE).until(() -> warnings(output) == 2);

            long began = System.nanoTime();
            for (int i = 0; i < 60; i++) {
                post(platform, service);
            }
            await().atMost(PATIENCE).until(() -> service.traceparents().size() == 61);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
            assertThat(collector.spans()).isEmpty();
        }
        assertThat(warnings(output)).as("one of each process").isEqualTo(2);
        assertThat(output).doesNotContain("io.opentelemetry.exporter");
    }

    private static void post(TracedPlatform platform, CalledService service) throws Exception {
        platform.post("/jobs", service.job(), "00-" + "ab".repeat(16) + "-" + "cd".repeat(8) + "-01");
    }

    private static long warnings(CapturedOutput output) {
        return output.toString().lines().filter(line -> line.contains(WARNING)).count();
    }
}
