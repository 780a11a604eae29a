package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the database would refuse never gets there, where it would end the caller's transaction. */
class RefusedValuesTest extends EmbeddedEngine {

    private static final Instant FAR_AWAY = Instant.parse("+300000-01-01T00:00:00Z");

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    Clock clock;

    @JobType(name = "urgent", priority = 5_000)
    record Urgent() implements Job<Void> {
    }

    @JobType(name = "in-capitals", queue = "Mail")
    record InCapitals() implements Job<Void> {
    }

    @JobType(name = "endless", maxAttempts = 101)
    record Endless() implements Job<Void> {
    }

    @JobType(name = "hopeless", maxAttempts = 0)
    record Hopeless() implements Job<Void> {
    }

    @Test
    void ofAJobTypeRefuseToStart() {
        var settings = new JobsProperties("jobs", List.of(), Duration.ofHours(1), Duration.ofHours(1), true, Map.of());

        for (var named : Map.of(Urgent.class, "priority must be from -1000 to 1000", InCapitals.class, "queue must be",
                Endless.class, "maxAttempts must be from 1 to 100", Hopeless.class, "maxAttempts must be").entrySet()) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> JobDescriptor.of(named.getKey(), settings))
                    .withMessageContainingAll(named.getKey().getName(), named.getValue());
        }
    }

    @Test
    void ofATimeThatNoDatabaseKeepsAreRefusedAndTheTransactionGoesOn() {
        var kept = transactions.execute(status -> {
            assertThatExceptionOfType(InvalidEnqueueOption.class).isThrownBy(() -> queue.enqueue(ship(), at(FAR_AWAY)))
                    .satisfies(refused -> assertThat(refused.field()).isEqualTo("runAt"));
            assertThatExceptionOfType(InvalidEnqueueOption.class).isThrownBy(() -> queue.enqueue(ship(),
                    at(Instant.MAX)));
            assertThatExceptionOfType(RefusedInBulk.class).isThrownBy(
                    () -> queue.enqueueAllWith(Stream.of(new NewJob(ship(), at(FAR_AWAY)))));
            return queue.enqueue(ship(), at(clock.instant().plus(Duration.ofDays(3649))));
        });

        assertThat(queue.find(kept).orElseThrow().state()).isEqualTo(State.SCHEDULED);
    }

    @Test
    void ofATimeLongAgoAreNow() {
        await(queue.enqueue(ship(), at(Instant.MIN)), State.SUCCEEDED);
    }

    private static EnqueueOptions at(Instant time) {
        return EnqueueOptions.DEFAULTS.withRunAt(time);
    }

    private static ShipOrder ship() {
        return new ShipOrder(1, "somewhere");
    }
}
