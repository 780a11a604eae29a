package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.Bells.Ring;
import io.millrace.jobs.sample.RingBellHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs that wait for their time on an idle system: none starts before it, and 99 of 100 start within 100 ms of it. */
class DelayedJobsTest extends EmbeddedEngine {

    private static final Logger LOG = LoggerFactory.getLogger(DelayedJobsTest.class);
    private static final Duration PROMPTLY = Duration.ofMillis(100);
    /** Whether the machine is idle is not in a test's hands: a busy one must not fail it, an engine that is late will. */
    private static final int TRIES = 3;

    @Autowired
    RingBellHandler handler;

    @Test
    void startNeverEarlyAndWithinAHundredMilliseconds() {
        assertPrompt(40, Duration.ofSeconds(3));
    }

    @Test
    @Tag("long")
    void startNeverEarlyAndWithinAHundredMillisecondsAlsoWhenTheyAreMany() {
        assertPrompt(400, Duration.ofSeconds(20));
    }

    private void assertPrompt(int jobs, Duration time) {
        var late = Duration.ZERO;
        for (int i = 0; i < TRIES; i++) {
            var rings = rings(jobs, time);
            assertThat(rings).allMatch(ring -> !ring.delay().isNegative(), "not early");
            late = Ring.within(0.99, rings);
            LOG.info("{} delayed jobs: p50 {}, p99 {}, most {}", jobs, Ring.within(0.5, rings), late,
                    Ring.within(1, rings));
            if (late.compareTo(PROMPTLY) <= 0) {
                return;
            }
        }
        assertThat(late).as("p99, in %d tries", TRIES).isLessThanOrEqualTo(PROMPTLY);
    }

    /** One half at any time, the other in bursts of ten. */
    private List<Ring> rings(int jobs, Duration time) {
        var random = new Random(4);
        var bells = new Bells();
        // They must all be there by the time of the first.
        Instant first = Bells.databaseTime(jdbc).plusSeconds(1).plusMillis(5L * jobs);
        for (int i = 0; i < jobs / 2; i++) {
            bells.enqueue(queue, first.plusNanos(random.nextLong(time.toNanos())));
        }
        for (int burst = 0; burst < jobs / 20; burst++) {
            Instant together = first.plusNanos(random.nextLong(time.toNanos()));
            for (int i = 0; i < 10; i++) {
                bells.enqueue(queue, together);
            }
        }
        assertThat(Bells.databaseTime(jdbc)).isBefore(first);
        return bells.await(time.plusSeconds(20), handler);
    }
}
