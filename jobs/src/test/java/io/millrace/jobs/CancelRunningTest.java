package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoods;
import io.millrace.jobs.sample.CarryGoodsHandler;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** A job is cancelled on one node while it runs on another (issue 5, 3). */
class CancelRunningTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int TIMES = 8;
    private static final int RACES = 300;
    private static final int HELD = 4;

    private final Nodes nodes = new Nodes();
    private final ConfigurableApplicationContext caller = nodes.start("queues=bell");

    @AfterEach
    void close() {
        nodes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {CarryGoods.TO_THE_CAR_PARK, CarryGoods.WHILE_WANTED})
    void tellsTheHandlerWithinASecond(String road) {
        tellWithinASecond(road, id -> assertThat(nodes.queue().cancel(id)).isTrue());
    }

    @Test
    void tellsTheHandlerOfAJobThatTheDashboardDeletes() {
        tellWithinASecond(CarryGoods.TO_THE_CAR_PARK, this::delete);
    }

    /** Without a notification seven in a row would take their time with near certainty. */
    private void tellWithinASecond(String road, Consumer<UUID> cancel) {
        var handler = nodes.start("queues=roads").getBean(CarryGoodsHandler.class);
        var jobs = new ArrayList<UUID>();
        int late = 0;
        for (int i = 1; i <= TIMES; i++) {
            int number = i;
            var id = carry(number, road);
            Awaitility.await().atMost(SOON).until(() -> handler.begun() == number);
            cancel.accept(id);
            long committed = System.nanoTime();
            Awaitility.await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                    .until(() -> handler.stopped() == number);
            late += System.nanoTime() - committed > 1_000_000_000L ? 1 : 0;
            jobs.add(id);
        }
        assertThat(late).isLessThanOrEqualTo(1);
        awaitEnd(carry(100, "straight on"));
        assertThat(jobs).allSatisfy(this::isDeletedForGood);
        assertThat(handler.begun()).isEqualTo(TIMES + 1);
    }

    private void delete(UUID id) {
        var store = caller.getBean(JobStore.class);
        Awaitility.await().ignoreException(ConcurrentJobModificationException.class).until(() -> {
            store.save(store.getJobById(id).delete("no longer wanted"));
            return true;
        });
    }

    @Test
    void keepsNothingOfAHandlerThatIgnoresItAndLetsTheNextOfItsKeysRunBesideIt() {
        var handler = nodes.start("queues=roads").getBean(CarryGoodsHandler.class);
        var keys = EnqueueOptions.DEFAULTS.withConcurrencyLimit("one by one", 1)
                .withUniqueKey(UniqueKey.whileWaitingOrRunning("the road"));
        var id = nodes.queue().enqueue(new CarryGoods(1, CarryGoods.ROUND_IN_CIRCLES, ""), keys);
        Awaitility.await().atMost(SOON).until(() -> handler.begun() == 1);

        assertThat(nodes.queue().cancel(id)).isTrue();

        var next = nodes.queue().enqueue(new CarryGoods(2, "straight on", ""), keys);
        assertThat(next).isNotEqualTo(id);
        assertThat(awaitEnd(next).state()).isEqualTo(State.SUCCEEDED);
        handler.letGo();
        nodes.close();
        var node = nodes.start("queues=bell");
        assertThat(node.getBean(JobQueue.class).find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(node.getBean(JobResults.class).find(id)).isEmpty();
        assertThat(node.getBean(JobStore.class).getJobById(id).getVersion()).isEqualTo(3);
    }

    @Test
    void tellsNobodyAfterARollback() {
        var handler = nodes.start("queues=roads").getBean(CarryGoodsHandler.class);
        var kept = carry(1, CarryGoods.TO_THE_CAR_PARK);
        var cancelled = carry(2, CarryGoods.WHILE_WANTED);
        Awaitility.await().atMost(SOON).until(() -> handler.begun() == 2);

        transactions().executeWithoutResult(status -> {
            assertThat(nodes.queue().cancel(kept)).isTrue();
            assertThat(nodes.queue().find(kept).orElseThrow().state()).isEqualTo(State.DELETED);
            status.setRollbackOnly();
        });

        // What is sent later is heard later.
        nodes.queue().cancel(cancelled);
        Awaitility.await().atMost(SOON).until(() -> handler.stopped() == 1);
        assertThat(nodes.queue().find(kept).orElseThrow().state()).isEqualTo(State.PROCESSING);
        handler.letGo();
        assertThat(awaitEnd(kept).state()).isEqualTo(State.SUCCEEDED);
        assertThat(results().find(kept)).isPresent();
        assertThat(handler.stopped()).isEqualTo(1);
    }

    /** More than there are commits at once. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsUpOnlyTheEndsOfThoseJobsWhileTheTransactionGoesOn(boolean commits) {
        var handler = nodes.start("queues=shipping").getBean(ShipOrderHandler.class);
        var held = IntStream.range(0, HELD)
                .mapToObj(i -> nodes.queue().enqueue(new ShipOrder(i + 1, "rings until opened"))).toList();
        Awaitility.await().atMost(SOON).until(() -> handler.running() == HELD);

        transactions().executeWithoutResult(status -> {
            assertThat(held).allMatch(nodes.queue()::cancel);
            for (int i = HELD - 1; i >= 0; i--) {
                int left = i;
                handler.openADoor();
                Awaitility.await().atMost(SOON).until(() -> handler.running() == left);
            }
            apart(() -> nodes.enqueue(IntStream.range(100, 140)
                    .mapToObj(i -> new NewJob(new ShipOrder(i, "somewhere"), EnqueueOptions.DEFAULTS)))
                    .forEach(this::awaitEnd));
            if (!commits) {
                status.setRollbackOnly();
            }
        });

        assertThat(held).allSatisfy(id -> {
            assertThat(awaitEnd(id).state()).isEqualTo(commits ? State.DELETED : State.SUCCEEDED);
            assertThat(results().find(id).isPresent()).isNotEqualTo(commits);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"millrace.jobs.wake-ups=false", "queues=shipping,roads"})
    void stopsAlsoWhereNoNotificationArrives(String setting) {
        var handler = nodes.start("queues=roads", setting).getBean(CarryGoodsHandler.class);
        var id = carry(1, CarryGoods.WHILE_WANTED);
        Awaitility.await().atMost(SOON).until(() -> handler.begun() == 1);

        // By hand, which sends nothing.
        nodes.jdbc().sql("update millrace_jobs.jobrunr_jobs set state = 'DELETED', version = version + 1 where id = ?")
                .param(id.toString()).update();

        Awaitility.await().atMost(SOON).until(() -> handler.stopped() == 1);
    }

    @Test
    void neverLosesARaceThatItSaysItHasWon() {
        var node = nodes.start("queues=shipping,roads");
        Map<UUID, Boolean> cancelled = new HashMap<>();

        for (int i = 0; i < RACES; i++) {
            var id = i % 2 == 0
                    ? nodes.queue().enqueue(new ShipOrder(i + 1, "around the corner"))
                    : carry(i, "straight on");
            if (i % 3 > 0) {
                awaitBegin(id);
            }
            cancelled.put(id, nodes.queue().cancel(id));
        }

        // Returns when all runs have ended.
        node.getBean(JobWorker.class).stop();
        cancelled.forEach((id, won) -> {
            assertThat(nodes.queue().find(id).orElseThrow().state())
                    .isEqualTo(won ? State.DELETED : State.SUCCEEDED);
            assertThat(results().find(id).isPresent()).isNotEqualTo(won);
        });
        assertThat(cancelled.values()).contains(true, false);
    }

    private UUID carry(int number, String road) {
        return nodes.queue().enqueue(new CarryGoods(number, road, ""));
    }

    private void awaitBegin(UUID id) {
        while (nodes.queue().find(id).orElseThrow().state() == State.ENQUEUED) {
            Thread.onSpinWait();
        }
    }

    private JobStatus awaitEnd(UUID id) {
        return Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(10))
                .until(() -> nodes.queue().find(id).orElseThrow(), job -> job.finishedAt() != null);
    }

    private void isDeletedForGood(UUID id) {
        assertThat(nodes.queue().find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(results().find(id)).isEmpty();
        assertThat(caller.getBean(JobStore.class).getJobById(id).getVersion()).isEqualTo(3);
    }

    private JobResults results() {
        return caller.getBean(JobResults.class);
    }

    private TransactionTemplate transactions() {
        return caller.getBean(TransactionTemplate.class);
    }

    /** On a thread that is in no transaction. */
    private static void apart(Runnable action) {
        CompletableFuture.runAsync(action).join();
    }
}
