package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Many jobs in one transaction. */
class BulkEnqueueTest extends EmbeddedEngine {

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    Clock clock;

    @Test
    void enqueuesAHundredThousandJobsInOneTransactionWithNoMoreThanABatchOfThemInMemory() {
        var made = new AtomicInteger();
        var inTheTable = new AtomicInteger();
        var later = EnqueueOptions.DEFAULTS.withRunAt(clock.instant().plus(Duration.ofDays(1))).withQueue("bulk");

        transactions.executeWithoutResult(status -> {
            var ids = queue.enqueueAllWith(IntStream.range(0, 100_000).mapToObj(order -> {
                if (order % 10_000 == 9_999) {
                    inTheTable.set(countOf("bulk"));
                    assertThat(made.get() - inTheTable.get()).isLessThanOrEqualTo(1_000);
                }
                made.incrementAndGet();
                return new NewJob(new ShipOrder(order + 1, "somewhere"), later);
            }));
            assertThat(new HashSet<>(ids)).hasSize(100_000);
            assertThat(countOf("bulk")).isEqualTo(100_000);
            status.setRollbackOnly();
        });

        assertThat(inTheTable.get()).isGreaterThanOrEqualTo(98_000);
        assertThat(countOf("bulk")).isZero();
    }

    @Test
    void runsEachOfThem() {
        var ids = queue
                .enqueueAll(IntStream.range(40_000, 40_050).mapToObj(order -> new ShipOrder(order, "somewhere")));

        assertThat(ids).hasSize(50).allSatisfy(id -> await(id, State.SUCCEEDED));
        assertThat(results.find(ids.get(7)).orElseThrow().json()).contains("\"orderId\":40007");
    }

    @Test
    void leavesNothingWhenOneInTheMiddleIsRefusedAndNamesIt() {
        transactions.executeWithoutResult(status -> {
            var before = queue.enqueue(new ShipOrder(1, "kept"), EnqueueOptions.DEFAULTS.withQueue("refused"));

            assertThatExceptionOfType(RefusedInBulk.class)
                    .isThrownBy(() -> queue.enqueueAllWith(IntStream.range(0, 3_000)
                            .mapToObj(i -> new NewJob(new ShipOrder(i == 2_500 ? 0 : 1, "somewhere"),
                                    EnqueueOptions.DEFAULTS.withQueue("refused")))))
                    .withMessageContaining("job 2500 of the stream").withCauseInstanceOf(InvalidPayload.class)
                    .satisfies(refused -> assertThat(refused.index()).isEqualTo(2_500));

            assertThat(countOf("refused")).isEqualTo(1);
            assertThat(queue.find(before)).isPresent();
        });
    }

    @Test
    void leavesNothingWhenTheStreamItselfFails() {
        var broken = IntStream.range(0, 2_000).mapToObj(i -> {
            if (i == 1_500) {
                throw new IllegalStateException("the file ends in the middle");
            }
            return new NewJob(new ShipOrder(1, "somewhere"), EnqueueOptions.DEFAULTS.withQueue("broken"));
        });

        assertThatThrownBy(() -> queue.enqueueAllWith(broken)).hasMessage("the file ends in the middle");

        assertThat(countOf("broken")).isZero();
    }

    @Test
    void takesOptionsForEachAndLeavesAJobAloneThatIsThere() {
        var id = UUID.randomUUID();
        var tomorrow = clock.instant().plus(Duration.ofDays(1));
        queue.enqueue(new ShipOrder(1, "first"), EnqueueOptions.DEFAULTS.withId(id).withRunAt(tomorrow));

        var ids = queue.enqueueAllWith(Stream.of(
                new NewJob(new ShipOrder(2, "second"), EnqueueOptions.DEFAULTS.withId(id).withPriority(3)),
                new NewJob(new ShipOrder(3, "third"), EnqueueOptions.DEFAULTS.withPriority(4).withRunAt(tomorrow))));

        assertThat(ids).first().isEqualTo(id);
        assertThat(queue.find(id).orElseThrow().priority()).isZero();
        assertThat(queue.find(ids.get(1)).orElseThrow()).satisfies(third -> {
            assertThat(third.priority()).isEqualTo(4);
            assertThat(third.scheduledAt()).isEqualTo(tomorrow);
        });
    }

    /** Whose own ids fill the other batches. */
    @Test
    void leavesAJobAloneThatIsThereInWhicheverBatchItIs() {
        var later = EnqueueOptions.DEFAULTS.withQueue("some-there").withRunAt(clock.instant().plus(Duration.ofDays(1)));
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        queue.enqueue(new ShipOrder(1, "before"), later.withId(first));

        queue.enqueueAllWith(IntStream.range(0, 5_000).mapToObj(i -> new NewJob(new ShipOrder(2, "after"), switch (i) {
            case 999, 1_000, 4_999 -> later.withId(first);
            case 3_000, 3_001 -> later.withId(second);
            default -> later;
        })));

        assertThat(countOf("some-there")).isEqualTo(4_997);
        assertThat(queue.find(first).orElseThrow().createdAt()).isBefore(queue.find(second).orElseThrow().createdAt());
    }

    @Test
    void refusesKeysWhichAreForSingleJobs() {
        var job = new ShipOrder(1, "somewhere");

        for (var options : new EnqueueOptions[]{EnqueueOptions.DEFAULTS.withIdempotencyKey("x"),
                EnqueueOptions.DEFAULTS.withUniqueKey(UniqueKey.whileWaiting("x"))}) {
            assertThatThrownBy(() -> queue.enqueueAllWith(Stream.of(new NewJob(job, options))))
                    .isInstanceOf(RefusedInBulk.class).hasCauseInstanceOf(InvalidEnqueueOption.class);
        }
    }

    private int countOf(String name) {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs where queue = ?").param(name)
                .query(Integer.class).single();
    }
}
