package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which jobs with a limit a look takes; no worker runs unless a test starts it. */
@DirtiesContext
class ConcurrencyLimitTest extends EmbeddedEngine {

    private static final EnqueueOptions THREE_AT_ONCE = EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 3);

    @Autowired
    JobWorker worker;
    @Autowired
    JobServerFactory servers;
    @Autowired
    JobStore store;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    Clock clock;

    @BeforeEach
    void stopTheWorker() {
        worker.stop();
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
    }

    @Test
    void letsSoManyJobsOfAKeyStart() {
        enqueue(5, THREE_AT_ONCE);

        assertThat(taken(2)).hasSize(2);
        assertThat(taken(16)).hasSize(1);
        assertThat(taken(16)).isEmpty();
    }

    @Test
    void holdsUpNoJobOfAnotherKeyAndNoneWithoutALimit() {
        enqueue(5, THREE_AT_ONCE);
        var others = enqueue(2, EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:43", 2));
        var unlimited = enqueue(4, EnqueueOptions.DEFAULTS);

        assertThat(taken(16)).hasSize(9).containsAll(others).containsAll(unlimited);
    }

    @Test
    void countsTheJobsOfAllQueues() {
        enqueue(2, THREE_AT_ONCE.withQueue("mail"));
        enqueue(2, THREE_AT_ONCE.withQueue("files"));

        assertThat(taken(16)).hasSize(3);
    }

    @Test
    void givesTheSlotsThatOneQueueDoesNotNeedToTheOthersAndNoJobTwice() {
        var other = EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:43", 20);
        for (int askedFirst = 0; askedFirst < 2; askedFirst++) {
            jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
            enqueue(2, other.withQueue("files"));
            enqueue(9, THREE_AT_ONCE.withQueue("mail"));
            enqueue(9, other.withQueue("mail"));
            enqueue(1, EnqueueOptions.DEFAULTS.withQueue("mail").withPriority(-1));

            assertThat(taken(12)).hasSize(12).doesNotHaveDuplicates();
            assertThat(taken(12)).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void isThatOfEachJobWhereThoseOfAKeyDiffer() {
        enqueue(2, EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 1));
        var two = enqueue(2, EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 2));
        var four = enqueue(5, EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 4));

        var first = taken(16);

        assertThat(first).hasSize(4);
        assertThat(first).filteredOn(two::contains).hasSize(1);
        assertThat(first).filteredOn(four::contains).hasSize(2);
    }

    @Test
    void keepsTheOrderOfPriorityAndAgeBesideJobsWithoutOne() {
        var late = enqueue(1, EnqueueOptions.DEFAULTS.withPriority(-5));
        var early = enqueue(2, THREE_AT_ONCE);
        var between = enqueue(1, EnqueueOptions.DEFAULTS.withPriority(-1));
        var urgent = enqueue(1, EnqueueOptions.DEFAULTS.withPriority(5));
        var lateAsWell = enqueue(1, THREE_AT_ONCE.withPriority(-9));

        assertThat(taken(1)).isEqualTo(urgent);
        assertThat(taken(1)).containsExactly(early.getFirst());
        assertThat(taken(2)).containsExactlyInAnyOrder(early.getLast(), between.getFirst());
        assertThat(taken(1)).isEqualTo(late);
        assertThat(taken(1)).isEqualTo(lateAsWell);
    }

    @Test
    void findsTheOneThatMayStartBehindManyFullKeys() {
        transactions.executeWithoutResult(status -> IntStream.rangeClosed(1, 2 * WaitingLines.WINDOW + 50)
                .forEach(i -> enqueue(2, EnqueueOptions.DEFAULTS.withConcurrencyLimit("a:" + i, 1))));
        while (!taken(200).isEmpty()) {
            // Until each has one running.
        }
        var last = enqueue(1, EnqueueOptions.DEFAULTS.withConcurrencyLimit("b", 1));

        assertThat(taken(1)).isEqualTo(last);
        var first = enqueue(1, EnqueueOptions.DEFAULTS.withConcurrencyLimit("0", 1));
        assertThat(taken(1)).isEqualTo(first);
    }

    @Test
    void countsNoJobThatIsCancelledOrWaitsToBeTriedAgain() {
        var three = enqueue(3, THREE_AT_ONCE);
        assertThat(queue.cancel(three.getFirst())).isTrue();
        var server = servers.newServer();
        var two = store.getJobsToProcess(server, AmountBasedList.ascOnUpdatedAt(2));
        enqueue(2, THREE_AT_ONCE);
        var failed = two.getFirst();

        failed.failed("broke", new IllegalStateException());
        failed.scheduleAt(clock.instant().plus(Duration.ofDays(1)), "again later");
        store.save(failed);

        assertThat(taken(16)).hasSize(2);
    }

    @Test
    void holdsForJobsEnqueuedInBulkAndForReplacedOnes() {
        var bulk = queue.enqueueAllWith(IntStream.rangeClosed(1, 4).boxed().flatMap(i -> Stream.of(
                new NewJob(new ShipOrder(i, "somewhere"), THREE_AT_ONCE),
                new NewJob(new ShipOrder(i, "somewhere"), EnqueueOptions.DEFAULTS))));
        var replacing = UniqueKey.whileWaiting("one").withPolicy(UniqueKey.Policy.REPLACE);
        var replaced = enqueue(1, EnqueueOptions.DEFAULTS.withUniqueKey(replacing));
        enqueue(1, THREE_AT_ONCE.withUniqueKey(replacing).withPriority(-100));

        var taken = taken(16);

        assertThat(taken).hasSize(7).doesNotContainAnyElementsOf(replaced);
        assertThat(bulk).hasSize(8);
    }

    @Test
    void isKeptThroughRetriesAndStops() {
        worker.start();
        var jobs = transactions.execute(status -> IntStream.rangeClosed(1, 30)
                .mapToObj(i -> queue.enqueue(new ShipOrder(i, "at the second ring"), THREE_AT_ONCE)).toList());

        var done = jobs.stream().map(id -> await(id, State.SUCCEEDED)).toList();

        assertThat(done).allMatch(job -> job.attempt() == 2);
        assertThat(MostAtOnce.of(done)).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nul\u0000"})
    void refusesAKeyThatCannotBeStored(String key) {
        assertThatExceptionOfType(InvalidEnqueueOption.class)
                .isThrownBy(() -> EnqueueOptions.DEFAULTS.withConcurrencyLimit(key, 1))
                .withMessageContaining("concurrencyLimit must be of 1 to 255 characters");
    }

    @Test
    void refusesAKeyThatIsTooLongAndALimitThatLetsNothingStart() {
        assertThatCode(() -> new ConcurrencyLimit("k".repeat(255), 1)).doesNotThrowAnyException();
        assertThatExceptionOfType(InvalidEnqueueOption.class)
                .isThrownBy(() -> new ConcurrencyLimit("k".repeat(256), 1));
        assertThatExceptionOfType(InvalidEnqueueOption.class).isThrownBy(() -> new ConcurrencyLimit("k", 0))
                .withMessageContaining("must let at least 1 job run");
    }

    private List<UUID> enqueue(int count, EnqueueOptions options) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> queue.enqueue(new ShipOrder(i, "somewhere"), options))
                .toList();
    }

    private List<UUID> taken(int most) {
        return store.getJobsToProcess(servers.newServer(), AmountBasedList.ascOnUpdatedAt(most)).stream()
                .map(org.jobrunr.jobs.Job::getId).toList();
    }
}
