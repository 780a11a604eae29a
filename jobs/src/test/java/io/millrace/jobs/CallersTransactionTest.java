package io.millrace.jobs;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is enqueued, replaced or cancelled in a transaction shares its fate. */
class CallersTransactionTest extends EmbeddedEngine {

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    PlatformTransactionManager manager;
    @Autowired
    JobQueues queues;
    @Autowired
    Clock clock;

    @Test
    void losesTheJobWhenAnInsertOfTheCallersFailsAfterwards() {
        orders.place(20_000, "somewhere");
        var id = UUID.randomUUID();

        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
            queue.enqueue(ship(20_001), withId(id));
            insertOrder(20_000);
        })).isInstanceOf(DuplicateKeyException.class);

        assertThat(queue.find(id)).isEmpty();
    }

    @Test
    void losesADelayedJobWithTheTransaction() {
        var id = UUID.randomUUID();

        rollingBack(() -> queue.enqueue(ship(20_002), later().withId(id)));

        assertThat(queue.find(id)).isEmpty();
    }

    @Test
    void losesAReplacementWithTheTransactionAndKeepsWhatWasThere() {
        var key = UniqueKey.whileWaiting("replaced-and-rolled-back").withPolicy(UniqueKey.Policy.REPLACE);
        var id = queue.enqueue(ship(20_003), later().withPriority(1).withUniqueKey(key));

        rollingBack(() -> assertThat(queue.enqueue(ship(20_004), later().withPriority(2).withUniqueKey(key)))
                .isEqualTo(id));

        assertThat(queue.find(id).orElseThrow().priority()).isEqualTo(1);
    }

    @Test
    void losesACancellationWithTheTransaction() {
        var id = queue.enqueue(ship(20_005), later());

        rollingBack(() -> assertThat(queue.cancel(id)).isTrue());

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.SCHEDULED);
    }

    @Test
    void losesAllOfManyWithTheTransaction() {
        var ids = rollingBack(() -> queue.enqueueAll(Stream.of(ship(20_006), ship(20_007))));

        assertThat(ids).hasSize(2).allSatisfy(id -> assertThat(queue.find(id)).isEmpty());
    }

    @Test
    void losesOnlyWhatWasEnqueuedSinceTheSavepointThatIsRolledBack() {
        var nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        var lost = UUID.randomUUID();

        var kept = transactions.execute(status -> {
            var outer = orders.place(20_008, "somewhere");
            assertThatThrownBy(() -> nested.executeWithoutResult(inner -> {
                queue.enqueue(ship(20_009), withId(lost));
                throw new IllegalStateException("changed my mind");
            })).hasMessage("changed my mind");
            return outer;
        });

        assertThat(queue.find(lost)).isEmpty();
        await(kept, State.SUCCEEDED);
        assertThat(orders.orders(20_008)).isEqualTo(1);
    }

    @Test
    void keepsWhatATransactionOfItsOwnHasCommitted() {
        var requiresNew = new TransactionTemplate(manager);
        requiresNew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        var lost = UUID.randomUUID();

        var kept = rollingBack(() -> {
            queue.enqueue(ship(20_010), withId(lost));
            return requiresNew.execute(status -> queue.enqueue(ship(20_011)));
        });

        await(kept, State.SUCCEEDED);
        assertThat(queue.find(lost)).isEmpty();
    }

    @Test
    void keepsTheCallersWritesAndGoesOnWhenAUniqueKeyIsTaken() {
        var key = UniqueKey.whileWaiting("taken").withPolicy(UniqueKey.Policy.REJECT);
        var first = queue.enqueue(ship(20_012), later().withUniqueKey(key));

        var second = transactions.execute(status -> {
            insertOrder(20_013);
            assertThatThrownBy(
                    () -> queue.enqueue(ship(20_013), later().withUniqueKey(key).withIdempotencyKey("taken")))
                    .isInstanceOfSatisfying(DuplicateJob.class,
                            refused -> assertThat(refused.existingId()).isEqualTo(first));
            return queue.enqueue(ship(20_013), later().withIdempotencyKey("taken"));
        });

        assertThat(orders.orders(20_013)).isEqualTo(1);
        assertThat(second).isNotEqualTo(first);
        assertThat(queue.find(second)).isPresent();
    }

    @Test
    void refusesEveryChangeInAReadOnlyTransaction() {
        var readOnly = new TransactionTemplate(manager);
        readOnly.setReadOnly(true);
        var id = queue.enqueue(ship(20_014), later());

        for (Runnable change : List.<Runnable>of(() -> queue.enqueue(ship(20_015)), () -> queue.cancel(id),
                () -> queue.enqueue(ship(20_015), later().withIdempotencyKey("read-only")),
                () -> queue.enqueueAll(Stream.of(ship(20_015))), () -> queues.pause("shipping"),
                () -> queues.resume("shipping"))) {
            assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> change.run()))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("read-only transaction; make it");
        }
    }

    @Test
    void keepsEveryJobOfTwoHundredCallersAtOnceThatCommitsAndNoOther() {
        var placed = IntStream.range(30_000, 30_200).boxed().toList();
        var lost = new ConcurrentLinkedQueue<UUID>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            placed.forEach(order -> callers.execute(() -> transactions.executeWithoutResult(status -> {
                var id = orders.place(order, "somewhere");
                if (order % 4 == 0) {
                    lost.add(id);
                    status.setRollbackOnly();
                }
            })));
        }

        assertThat(placed).allSatisfy(order -> assertThat(orders.orders(order)).isEqualTo(order % 4 == 0 ? 0 : 1));
        assertThat(lost).hasSize(50).allSatisfy(id -> assertThat(queue.find(id)).isEmpty());
        assertThat(
                jdbc.sql(
                        """
                        select count(*) from millrace_jobs.jobrunr_jobs
                        where jobAsJson like '%{_"orderId_":30___,%'
                        """)
                        .query(Long.class).single())
                .isEqualTo(150);
    }

    private <T> T rollingBack(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> {
            status.setRollbackOnly();
            return work.get();
        }));
    }

    private void insertOrder(int id) {
        jdbc.sql("insert into orders (id) values (?)").param(id).update();
    }

    private EnqueueOptions later() {
        return EnqueueOptions.DEFAULTS.withRunAt(tomorrow());
    }

    private Instant tomorrow() {
        return clock.instant().plusSeconds(86_400);
    }

    private static EnqueueOptions withId(UUID id) {
        return EnqueueOptions.DEFAULTS.withId(id);
    }

    private static ShipOrder ship(int order) {
        return new ShipOrder(order, "somewhere");
    }
}
