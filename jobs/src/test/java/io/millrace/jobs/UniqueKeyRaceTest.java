package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.UniqueKey.Policy;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;

/** Many callers who want one key at the same moment. */
class UniqueKeyRaceTest extends EmbeddedEngine {

    @Autowired
    TransactionTemplate transactions;
    @Autowired
    Clock clock;

    @ParameterizedTest
    @EnumSource(Policy.class)
    void isTakenOnceByAHundredCallersAtOnce(Policy policy) throws Exception {
        var key = UniqueKey.whileWaitingOrRunning("race-" + policy).withPolicy(policy);
        var answers = allAtOnce(IntStream.range(1, 101).<Callable<UUID>>mapToObj(i -> () -> {
            try {
                return queue.enqueue(ship(i), later(key));
            } catch (DuplicateJob e) {
                return e.existingId();
            }
        }).toList());

        assertThat(new HashSet<>(answers)).hasSize(1);
        assertThat(jdbc.sql("select count(*) from millrace_jobs.job_unique_keys where key = ?").param(key.key())
                .query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void letsNoTwoRunAtOnceHoweverManyAskForAnother() throws Exception {
        var options = EnqueueOptions.DEFAULTS
                .withUniqueKey(UniqueKey.whileWaitingOrRunning("one-by-one").withPolicy(Policy.RUN_AGAIN_AFTER));
        var enqueueOne = (Callable<UUID>) () -> queue.enqueue(new ShipOrder(1, "around the corner"), options);
        var ids = new HashSet<UUID>();
        for (int i = 0; i < 20; i++) {
            ids.addAll(allAtOnce(Collections.nCopies(10, enqueueOne)));
        }

        var runs = ids.stream().map(id -> await(id, State.SUCCEEDED))
                .sorted(Comparator.comparing(JobStatus::startedAt)).toList();

        assertThat(runs).hasSizeGreaterThan(1);
        for (int i = 1; i < runs.size(); i++) {
            assertThat(runs.get(i).startedAt()).isAfterOrEqualTo(runs.get(i - 1).finishedAt());
        }
    }

    @Test
    void isTakenByOneOfThoseThatWaitedWhenTheFirstRollsBack() throws Exception {
        var key = UniqueKey.whileWaiting("rolled-back");
        var waiting = new ArrayList<Future<UUID>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var lost = transactions.execute(status -> {
                var id = queue.enqueue(ship(1), later(key));
                for (int i = 0; i < 5; i++) {
                    waiting.add(callers.submit(() -> queue.enqueue(ship(2), later(key))));
                }
                Awaitility.await().until(() -> jdbc.sql("""
                                                        select count(*) from pg_stat_activity
                                                        where wait_event_type = 'Lock'
                                                            and query like '%job_unique_keys%'
                                                        """).query(Integer.class).single() == 5);
                status.setRollbackOnly();
                return id;
            });
            var answers = new HashSet<UUID>();
            for (var answer : waiting) {
                answers.add(answer.get());
            }
            assertThat(answers).hasSize(1).doesNotContain(lost);
        }
    }

    private static <T> List<T> allAtOnce(List<Callable<T>> calls) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<T>();
            for (var answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private EnqueueOptions later(UniqueKey key) {
        return EnqueueOptions.DEFAULTS.withUniqueKey(key).withRunAt(clock.instant().plus(Duration.ofDays(1)));
    }

    private static ShipOrder ship(int order) {
        return new ShipOrder(order, "somewhere");
    }
}
