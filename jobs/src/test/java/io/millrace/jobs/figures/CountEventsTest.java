package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.JobEvents.Outcome;
import io.millrace.jobs.figures.CountEvents.Pair;
import io.millrace.jobs.figures.JobFigures.Counts;

import static org.assertj.core.api.Assertions.assertThat;

class CountEventsTest {

    private static final Pair MAIL = new Pair("send", "mail");

    private final CountEvents events = new CountEvents(type -> !type.startsWith("strange"));

    @Test
    void countsWhatHappensOnce() {
        events.enqueued("send", "mail", 3);
        events.started("send", "mail", Duration.ofSeconds(1));
        events.started("send", "mail", Duration.ofSeconds(1));
        events.ended("send", "mail", Outcome.SUCCEEDED, Duration.ofMillis(5));
        events.ended("send", "mail", Outcome.RETRIED, Duration.ofMillis(5));
        events.ended("send", "mail", Outcome.FAILED, Duration.ofMillis(5));
        events.timedOut("send", "mail");
        events.crashed("send", "mail", 2);

        var tally = Objects.requireNonNull(events.drain().get(MAIL));

        assertThat(tally.counts()).isEqualTo(new Counts(3, 2, 1, 1, 1, 2, 1));
        assertThat(tally.waitTimes().p50()).isBetween(Duration.ofMillis(950), Duration.ofMillis(1_050));
        assertThat(tally.runTimes().max()).isBetween(Duration.ofNanos(4_750_000), Duration.ofNanos(5_250_000));
        assertThat(events.drain()).isEmpty();
    }

    @Test
    void leavesOutRunsThatWereCutShort() {
        events.ended("send", "mail", Outcome.GIVEN_BACK, Duration.ofMillis(5));
        events.ended("send", "mail", Outcome.POSTPONED, Duration.ofMillis(5));
        events.ended("send", "mail", Outcome.CANCELLED, Duration.ofMillis(5));

        assertThat(events.drain()).isEmpty();
    }

    @Test
    void losesNothingWhileItIsDrained() throws InterruptedException {
        int each = 100_000;
        var running = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    events.started("send", "mail", Duration.ofNanos(1_000L * i));
                }
                running.countDown();
            });
        }
        var all = new Tally();
        // Not so often that a pair would be forgotten while a thread has just found it.
        for (int i = 0; i < 200 && !running.await(2, TimeUnit.MILLISECONDS); i++) {
            events.drain().values().forEach(all::plus);
        }
        running.await();
        events.drain().values().forEach(all::plus);

        assertThat(all.counts().started()).isEqualTo(4L * each);
        var waits = new Histogram();
        IntStream.range(0, each).forEach(i -> waits.add(Buckets.of(Duration.ofNanos(1_000L * i)), 4));
        assertThat(all.waits().stored()).isEqualTo(waits.stored());
    }

    @Test
    void putsTypesThatItDoesNotKnowUnderOneName() {
        events.enqueued("strange", "mail", 1);
        events.enqueued("stranger", "mail", 1);

        assertThat(events.drain()).containsOnlyKeys(new Pair("unknown", "mail"));
    }

    @Test
    void putsQueuesUnderOneNameWhereTheyAreMany() {
        IntStream.range(0, CountEvents.MOST_PAIRS + 300).forEach(queue -> events.enqueued("send", "q" + queue, 1));

        var drained = events.drain();

        assertThat(drained).hasSize(CountEvents.MOST_PAIRS + 1);
        assertThat(drained.get(new Pair("send", "other"))).extracting(tally -> tally.counts().enqueued())
                .isEqualTo(300L);
    }

    @Test
    void forgetsWhatNothingHappensToAndLosesNothingOfIt() {
        IntStream.range(0, CountEvents.MOST_PAIRS).forEach(queue -> events.enqueued("send", "q" + queue, 1));
        var drained = new ArrayList<Pair>();
        for (int i = 0; i < 400; i++) {
            drained.addAll(events.drain().keySet());
        }
        events.enqueued("send", "another", 1);

        assertThat(drained).hasSize(CountEvents.MOST_PAIRS);
        assertThat(events.drain()).containsOnlyKeys(new Pair("send", "another"));
    }
}
