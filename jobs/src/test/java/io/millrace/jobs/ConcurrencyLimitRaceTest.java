package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ServeTenant;
import io.millrace.jobs.sample.ServeTenantHandler;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** Several workers on one database that want jobs of the same keys. */
@Tag("long")
class ConcurrencyLimitRaceTest {

    private static final String NO_POLL = "poll-interval=PT1M";
    private static final Duration FIRST_POLL = Duration.ofSeconds(2);
    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    private final Nodes nodes = new Nodes();

    @AfterEach
    void stop() {
        nodes.close();
    }

    @Test
    void isNeverExceeded() {
        var limits = List.of(1, 2, 3, 7);
        for (int i = 0; i < 4; i++) {
            nodes.start("concurrency=8");
        }
        nodes.enqueue(IntStream.range(0, 800).mapToObj(i -> {
            int limit = limits.get(i % limits.size());
            return new NewJob(new ServeTenant("at most " + limit, i % 5 == 0), EnqueueOptions.DEFAULTS
                    .withConcurrencyLimit("tenant:" + limit, limit).withQueue("queue-" + i % 3).withPriority(i % 7));
        }));

        nodes.awaitAll(State.SUCCEEDED, Duration.ofSeconds(60));

        assertThat(limits).allSatisfy(
                limit -> assertThat(ServeTenantHandler.mostAtOnce("at most " + limit)).isBetween(1, limit));
    }

    @Test
    void isReachedByAllTogether() {
        var handlers = Stream.generate(() -> nodes.start("concurrency=2")).limit(4)
                .map(node -> node.getBean(ShipOrderHandler.class)).toList();
        nodes.enqueue(IntStream.rangeClosed(1, 8).mapToObj(i -> new NewJob(new ShipOrder(i, "rings until opened"),
                EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 5))));

        Awaitility.await().until(() -> handlers.stream().mapToInt(ShipOrderHandler::running).sum() == 5);

        for (int i = 0; i < 8; i++) {
            handlers.forEach(ShipOrderHandler::openADoor);
        }
        nodes.awaitAll(State.SUCCEEDED, PROMPTLY);
    }

    @Test
    void letsAnotherNodeTakeTheNextWhereItEndedOnOneThatDoesNotServeItsQueue() {
        var mail = nodes.start("queues=mail", NO_POLL);
        awaitFirstPoll(nodes.start("queues=files", NO_POLL));
        var options = EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 1);
        var running = nodes.queue().enqueue(new ShipOrder(1, "rings until opened"), options.withQueue("mail"));
        await(running, State.PROCESSING);
        var waiting = nodes.queue().enqueue(new ShipOrder(2, "somewhere"), options.withQueue("files"));
        nodes.queue().enqueue(new ShipOrder(3, "somewhere"), EnqueueOptions.DEFAULTS.withQueue("files"));
        Awaitility.await().until(() -> nodes.jdbc().sql("select count(*) from millrace_jobs.jobrunr_jobs"
                + " where state = 'SUCCEEDED'").query(Integer.class).single() == 1);
        assertThat(nodes.queue().find(waiting).orElseThrow().state()).isEqualTo(State.ENQUEUED);

        mail.getBean(ShipOrderHandler.class).openADoor();

        await(waiting, State.SUCCEEDED);
    }

    @Test
    void letsAnotherNodeTakeTheNextWhereTheOneItEndedOnStops() {
        var mail = nodes.start("queues=mail", NO_POLL);
        awaitFirstPoll(nodes.start("queues=files", NO_POLL));
        var options = EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 1);
        await(nodes.queue().enqueue(new ShipOrder(1, "rings until opened"), options.withQueue("mail")),
                State.PROCESSING);
        var waiting = nodes.queue().enqueue(new ShipOrder(2, "somewhere"), options.withQueue("files"));

        var stopping = Thread.ofVirtual().start(mail.getBean(JobWorker.class)::stop);
        // It takes nothing more before it waits for its jobs there.
        Awaitility.await().until(() -> Stream.of(stopping.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(StopServer.class.getName())));
        mail.getBean(ShipOrderHandler.class).openADoor();

        await(waiting, State.SUCCEEDED);
        Awaitility.await().until(() -> !stopping.isAlive());
    }

    @ParameterizedTest
    @EnumSource(names = {"DELETED", "FAILED"})
    void letsTheNextStartWhenOneIsDeletedOrGivenUpThatRanElsewhere(StateName end) {
        var node = nodes.start("queues=files", NO_POLL);
        var worker = node.getBean(JobWorker.class);
        var store = node.getBean(JobStore.class);
        worker.stop();
        var options = EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:42", 1).withQueue("files");
        nodes.queue().enqueue(new ShipOrder(1, "somewhere"), options);
        var elsewhere = store.getJobsToProcess(node.getBean(JobServerFactory.class).newServer(),
                AmountBasedList.ascOnUpdatedAt(1)).getFirst();
        var waiting = nodes.queue().enqueue(new ShipOrder(2, "somewhere"), options);
        worker.start();
        awaitFirstPoll(node);

        if (end == StateName.DELETED) {
            store.save(elsewhere.delete("by an operator"));
        } else {
            store.save(List.of(elsewhere.failed("orphaned", new IllegalStateException())));
        }

        await(waiting, State.SUCCEEDED);
    }

    /** JobRunr polls for the first time about a second after its start; from then on nothing but a wake-up makes it look. */
    private static void awaitFirstPoll(ConfigurableApplicationContext node) {
        Awaitility.await().pollDelay(FIRST_POLL).until(() -> node.getBean(JobStore.class).looks() > 0);
    }

    private void await(UUID id, State state) {
        Awaitility.await().atMost(PROMPTLY).pollInterval(Duration.ofMillis(10))
                .until(() -> nodes.queue().find(id).orElseThrow().state() == state);
    }
}
