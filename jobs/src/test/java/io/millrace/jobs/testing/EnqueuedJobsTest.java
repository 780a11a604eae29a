package io.millrace.jobs.testing;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.NewJob;
import io.millrace.jobs.UniqueKey;
import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.testing.EnqueuedJobs.Enqueued;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class EnqueuedJobsTest extends ServiceUnderTest {

    @Autowired
    PlatformTransactionManager manager;

    @Test
    void showHowEachJobWaits() {
        var later = clock.instant().plus(Duration.ofDays(1));

        inTransaction(() -> {
            queue.enqueue(ship(1));
            queue.enqueue(ship(2), EnqueueOptions.DEFAULTS.withQueue("express").withPriority(7).withRunAt(later)
                    .withLabels(List.of("tenant:1")));
            queue.enqueue(new RingBell(3));

            var found = enqueued.of(ShipOrder.class);
            assertThat(found).extracting(Enqueued::payload).containsExactly(ship(1), ship(2));
            assertThat(found).extracting(Enqueued::status).extracting(JobStatus::queue, JobStatus::priority,
                    JobStatus::state, JobStatus::scheduledAt, JobStatus::labels)
                    .containsExactly(tuple("shipping", 0, State.ENQUEUED, null, List.of()),
                            tuple("express", 7, State.SCHEDULED, later, List.of("tenant:1")));
        });
    }

    @Test
    void areInTheOrderOfTheirEnqueueing() {
        var jobs = IntStream.rangeClosed(1, 40).mapToObj(EnqueuedJobsTest::ship).toList();

        inTransaction(() -> {
            jobs.subList(0, 10).forEach(queue::enqueue);
            queue.enqueueAll(jobs.subList(10, 30).stream());
            jobs.subList(30, 40).forEach(queue::enqueue);

            assertThat(enqueued.payloadsOf(ShipOrder.class)).isEqualTo(jobs);
        });
    }

    /** With keys and in bulk it writes behind savepoints, as other transactions than the one around them. */
    @Test
    void areThereHoweverTheyWereEnqueued() {
        inTransaction(() -> {
            queue.enqueue(ship(1), EnqueueOptions.DEFAULTS.withIdempotencyKey(UUID.randomUUID().toString()));
            queue.enqueue(ship(2),
                    EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting(UUID.randomUUID().toString())));
            queue.enqueueAllWith(Stream.of(new NewJob(ship(3), EnqueueOptions.DEFAULTS)));
            queue.enqueue("ship-order", "{\"orderId\":4,\"address\":\"somewhere\"}", EnqueueOptions.DEFAULTS);
            nested().executeWithoutResult(status -> queue.enqueue(ship(5)));

            assertThat(enqueued.payloadsOf(ShipOrder.class)).containsExactly(ship(1), ship(2), ship(3), ship(4),
                    ship(5));
            assertThat(enqueued.all()).hasSize(5);
        });
    }

    @Test
    void areThisTransactionsAlone() {
        queue.enqueue(ship(1));
        inTransaction(() -> {
            queue.enqueue(ship(2));
            transactionOfItsOwn().executeWithoutResult(inner -> {
                // Of the outer one nothing is seen, and of this one nothing will be.
                queue.enqueue(ship(3));
                assertThat(enqueued.payloadsOf(ShipOrder.class)).containsExactly(ship(3));
            });
        });

        inTransaction(() -> {
            assertThat(enqueued.all()).isEmpty();
            transactionOfItsOwn().executeWithoutResult(inner -> queue.enqueue(ship(4)));
            assertThat(enqueued.all()).isEmpty();
            queue.enqueue(ship(5));
            transactionOfItsOwn().executeWithoutResult(inner -> queue.enqueue(ship(6)));
            assertThat(enqueued.payloadsOf(ShipOrder.class)).containsExactly(ship(5));
        });
    }

    @Test
    void areNotWhatIsTakenBackOrWasThereBefore() {
        var key = UUID.randomUUID().toString();
        var once = EnqueueOptions.DEFAULTS.withIdempotencyKey(key);
        var waiting = queue.enqueue(ship(1), once);

        inTransaction(() -> {
            assertThat(queue.enqueue(ship(1), once)).isEqualTo(waiting);
            queue.enqueue(ship(1), EnqueueOptions.DEFAULTS.withId(waiting));
            queue.cancel(queue.enqueue(ship(2)));
            assertThatThrownBy(() -> nested().executeWithoutResult(status -> {
                queue.enqueue(ship(3));
                throw new IllegalStateException("changed my mind");
            })).hasMessage("changed my mind");
            assertThat(enqueued.all()).isEmpty();
        });
    }

    @Test
    void areWhatTheTransactionPutInPlaceOfAnotherJob() {
        var key = EnqueueOptions.DEFAULTS.withUniqueKey(
                UniqueKey.whileWaiting(UUID.randomUUID().toString()).withPolicy(UniqueKey.Policy.REPLACE));
        var id = queue.enqueue(ship(1), key);

        inTransaction(() -> {
            assertThat(queue.enqueue(ship(2), key)).isEqualTo(id);
            assertThat(enqueued.payloadsOf(ShipOrder.class)).containsExactly(ship(2));
        });
    }

    @Test
    void cannotBeToldWithoutATransaction() {
        queue.enqueue(ship(1));

        assertThatIllegalStateException().isThrownBy(() -> enqueued.of(ShipOrder.class))
                .withMessageContaining("there is no transaction on the engine's data source")
                .withMessageContaining("committed at once");
    }

    private void inTransaction(Runnable work) {
        transactions.executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.run();
        });
    }

    private TransactionTemplate nested() {
        return with(TransactionDefinition.PROPAGATION_NESTED);
    }

    private TransactionTemplate transactionOfItsOwn() {
        return with(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private TransactionTemplate with(int propagation) {
        var template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private static ShipOrder ship(int order) {
        return new ShipOrder(order, "somewhere");
    }
}
