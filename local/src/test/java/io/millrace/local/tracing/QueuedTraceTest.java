package io.millrace.local.tracing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.JobType;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of a trace whose jobs wait in the queue. */
class QueuedTraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACEPARENT = ",\"traceparent\":\"[^\"]*\"";
    private static final String RUN = "run relay";
    private static final String ENQUEUE = "enqueue relay";

    private static final Collector COLLECTOR = Collector.start();

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext worker;

    @BeforeAll
    static void start() {
        worker = TracedPlatform.worker(TestPostgres.newDatabase(), Relay.Handler.class, "spring.mail.port=1",
                "millrace.jobs.packages=io.millrace.core,io.millrace.local.tracing",
                "management.opentelemetry.tracing.export.otlp.endpoint=" + COLLECTOR.endpoint(),
                "management.opentelemetry.tracing.export.schedule-delay=100ms",
                "management.tracing.sampling.probability=1");
    }

    @AfterAll
    static void stop() {
        worker.close();
        COLLECTOR.close();
    }

    @Test
    void goesOnFromTheRunOfAJobToTheJobsThatItEnqueues() {
        var first = awaitRun(queue().enqueue(new Relay(3)));

        await().atMost(PATIENCE)
                .until(() -> all(first.trace(), RUN).size() == 3 && all(first.trace(), ENQUEUE).size() == 3);
        assertThat(all(first.trace(), ENQUEUE)).filteredOn(enqueue -> enqueue.parent().isEmpty()).singleElement()
                .satisfies(enqueue -> assertThat(first.isChildOf(enqueue)).isTrue());
        assertThat(Stream.iterate(first, Objects::nonNull, QueuedTraceTest::next)).as("each enqueued by the last")
                .hasSize(3).allSatisfy(run -> assertThat(run.links()).isEmpty());
    }

    @Test
    void isTheSameForAllJobsThatAreEnqueuedTogether() {
        var ids = queue().enqueueAll(Stream.of(new Relay(1), new Relay(1), new Relay(1)));

        var trace = awaitRun(ids.getFirst()).trace();
        await().atMost(PATIENCE).until(() -> all(trace, RUN).size() == 3);

        var enqueue = COLLECTOR.awaitSpan(trace, span -> span.name().equals("enqueue jobs"));
        assertThat(all(trace, RUN)).allMatch(run -> run.isChildOf(enqueue));
    }

    @Test
    void beginsWithTheRunOfAJobThatAnOlderVersionHasEnqueued() {
        var id = enqueueWith("");

        assertBeginsATrace(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "zz-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})
    void beginsWithTheRunOfAJobWhoseRowSaysSomethingElse(String traceparent) {
        var id = enqueueWith(",\"traceparent\":\"" + traceparent + "\"");

        assertBeginsATrace(id);
    }

    /** The run fails and is tried again, so that what the first leaves for the second is read from such a row as well. */
    @Test
    void beginsWithEachRunOfSuchAJobAndTheyAreLinked() {
        var id = enqueueWith("", new Relay(0));

        await().atMost(PATIENCE).until(() -> state(id) == State.FAILED);
        await().atMost(PATIENCE).until(() -> runs(id).size() == 2);
        var first = attempt(id, "1");
        var second = attempt(id, "2");
        assertThat(second.trace()).isNotEqualTo(first.trace());
        assertThat(first.parent()).isEmpty();
        assertThat(second.parent()).isEmpty();
        assertThat(second.links()).containsExactly(first.link());
    }

    private static void assertBeginsATrace(UUID id) {
        var run = awaitRun(id);
        assertThat(state(id)).isEqualTo(State.SUCCEEDED);
        assertThat(run.parent()).isEmpty();
        assertThat(run.links()).isEmpty();
        assertThat(run.trace()).matches("[0-9a-f]{32}").doesNotContain("0af7651916cd43dd8448eb211c80319c");
        assertThat(all(run.trace(), ENQUEUE)).isEmpty();
    }

    private static UUID enqueueWith(String traceparent) {
        return enqueueWith(traceparent, new Relay(1));
    }

    /** A job whose row has this for what its enqueuer said of its trace. */
    private static UUID enqueueWith(String traceparent, Relay job) {
        var queues = worker.getBean(JobQueues.class);
        queues.pause("relays");
        try {
            var id = queue().enqueue(job);
            assertThat(worker.getBean(JdbcClient.class).sql("""
                                                            update millrace_jobs.jobrunr_jobs
                                                            set jobasjson = regexp_replace(jobasjson, :said, :now)
                                                            where id = :id::bpchar and jobasjson ~ :said
                                                            """)
                    .param("said", TRACEPARENT).param("now", traceparent).param("id", id.toString()).update())
                    .isEqualTo(1);
            return id;
        } finally {
            queues.resume("relays");
        }
    }

    private static ReceivedSpan awaitRun(UUID id) {
        await().atMost(PATIENCE).until(() -> state(id) == State.SUCCEEDED && !runs(id).isEmpty());
        return runs(id).getFirst();
    }

    private static ReceivedSpan attempt(UUID id, String number) {
        return runs(id).stream().filter(run -> number.equals(run.attributes().get("millrace.job.attempt")))
                .findFirst().orElseThrow();
    }

    private static List<ReceivedSpan> runs(UUID id) {
        return COLLECTOR.spans().stream().filter(span -> span.name().equals(RUN))
                .filter(run -> id.toString().equals(run.attributes().get("messaging.message.id"))).toList();
    }

    /** The run of the job that this run has enqueued; null if it is the last. */
    private static @Nullable ReceivedSpan next(ReceivedSpan run) {
        return all(run.trace(), ENQUEUE).stream().filter(enqueue -> enqueue.isChildOf(run))
                .flatMap(enqueue -> all(run.trace(), RUN).stream().filter(each -> each.isChildOf(enqueue)))
                .findFirst().orElse(null);
    }

    private static List<ReceivedSpan> all(String trace, String name) {
        return COLLECTOR.ofTrace(trace).stream().filter(span -> span.name().equals(name)).toList();
    }

    private static State state(UUID id) {
        return queue().find(id).orElseThrow().state();
    }

    private static JobQueue queue() {
        return worker.getBean(JobQueue.class);
    }

    /** Hands itself on to as many runners; with none there is nobody to run, and it fails. */
    @JobType(name = "relay", queue = "relays", maxAttempts = 2)
    record Relay(int runners) implements Job<Void> {

        static final class Handler implements JobHandler<Relay, @Nullable Void> {

            private final JobQueue queue;

            Handler(JobQueue queue) {
                this.queue = queue;
            }

            @Override
            public @Nullable Void handle(Relay job, JobExecution execution) {
                if (job.runners() == 0) {
                    throw new IllegalStateException("nobody runs");
                }
                if (job.runners() > 1) {
                    queue.enqueue(new Relay(job.runners() - 1));
                }
                return null;
            }
        }
    }
}
