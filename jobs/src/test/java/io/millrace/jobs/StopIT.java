package io.millrace.jobs;

import java.time.Duration;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.FillLedger;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers that are processes of their own, and are told to stop by SIGTERM. */
@Tag("long")
class StopIT {

    private static final Logger LOG = LoggerFactory.getLogger(StopIT.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);
    private static final String[] SETTINGS = {"concurrency=4", "stop-timeout=" + STOP_TIMEOUT};
    private static final Duration AT_MOST = STOP_TIMEOUT.plusSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(60);
    /** From the signal until the JVM's hooks run. */
    private static final Duration SIGNAL_TAKES = Duration.ofSeconds(2);

    private final String database = TestPostgres.newDatabase();
    private final Ledger ledger = new Ledger(database);

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void leaveALongJobToAnotherWithinASecondAsTheSameAttemptAndFindTheirPoolOpenToTheLast() throws Exception {
        try (var first = WorkerProcess.start(database, "first", SETTINGS)) {
            var id = ledger.enqueue(1, LONG, FillLedger.OBEYING);
            ledger.await(1, "began", first.pid(), A_WHILE);
            try (var second = WorkerProcess.start(database, "second", SETTINGS)) {
                warmUp(second);
                var signal = ledger.now();
                first.terminate();

                var again = ledger.await(1, "began", second.pid(), A_WHILE);
                var stopped = ledger.await(1, "was stopped", first.pid(), A_WHILE);
                var pause = Duration.between(stopped.at(), again.at());
                LOG.info("a stopping worker's job was told to stop {} ms after the signal, and ran again {} ms later",
                        Duration.between(signal, stopped.at()).toMillis(), pause.toMillis());

                assertThat(pause).isBetween(Duration.ZERO, Duration.ofSeconds(1));
                assertThat(stopped.at()).as("it had its time")
                        .isAfter(signal.plus(STOP_TIMEOUT).minusSeconds(1).minusMillis(100));
                assertThat(again.attempt()).isEqualTo(1);
                assertThat(ledger.history(id)).isEqualTo("[ENQUEUED, PROCESSING]");
                first.awaitDeath();
                assertThat(workers()).isEqualTo("second");
            }
        }
    }

    /** What a process does for the first time takes longer. */
    private void warmUp(WorkerProcess worker) {
        var ids = ledger
                .enqueueAll(IntStream.range(100, 200).mapToObj(number -> new FillLedger(number, 20, FillLedger.DEAF)));
        Awaitility.await().atMost(A_WHILE).until(
                () -> ids.stream().allMatch(id -> ledger.queue().find(id).orElseThrow().state() == State.SUCCEEDED));
        assertThat(ledger.jdbc().sql("select count(*) from ledger where process = ?").param(worker.pid())
                .query(Integer.class).single()).isPositive();
    }

    @Test
    void beginNothingAfterTheSignal() throws Exception {
        try (var worker = WorkerProcess.start(database, "first", "concurrency=4", "stop-timeout=PT20S")) {
            ledger.enqueue(0, Duration.ofSeconds(10), FillLedger.DEAF);
            ledger.await(0, "began", worker.pid(), A_WHILE);
            var ids = ledger.enqueueAll(IntStream.rangeClosed(1, 2_000)
                    .mapToObj(number -> new FillLedger(number, 30, FillLedger.OBEYING)));
            ledger.await(1, "began", worker.pid(), A_WHILE);

            var signal = ledger.now();
            worker.terminate();
            worker.awaitDeath();

            var latest = signal.plus(SIGNAL_TAKES);
            assertThat(ledger.begunAfter(latest)).isZero();
            assertThat(ledger.lines(0)).extracting(Ledger.Line::what).as("what ran had its time")
                    .containsExactly("began", "done");
            assertThat(ledger.lines(0).getLast().at()).as("it lived on without beginning anything").isAfter(latest);
            assertThat(ids).extracting(id -> ledger.queue().find(id).orElseThrow().state())
                    .contains(State.ENQUEUED, State.SUCCEEDED).isSubsetOf(State.ENQUEUED, State.SUCCEEDED);
            assertThat(ledger.count("was stopped")).isZero();
        }
    }

    @Test
    void areNotHeldUpByAHandlerThatIgnoresTheInterrupt() throws Exception {
        stopWithJobsThatGoOn(1, FillLedger.DEAF);
    }

    @Test
    void areNotHeldUpByHandlersThatUseUpAllProcessors() throws Exception {
        stopWithJobsThatGoOn(Runtime.getRuntime().availableProcessors(), FillLedger.SPINNING);
    }

    @Test
    void putAJobOfJobRunrsOwnBackAsItWas() throws Exception {
        try (var worker = WorkerProcess.start(database, "first", SETTINGS)) {
            var id = ledger.enqueueRest(LONG);
            Awaitility.await().atMost(A_WHILE).until(() -> ledger.history(id).equals("[ENQUEUED, PROCESSING]"));

            worker.terminate();
            worker.awaitDeath();

            assertThat(ledger.history(id)).isEqualTo("[ENQUEUED]");
        }
    }

    private void stopWithJobsThatGoOn(int jobs, String manner) throws Exception {
        try (var first = WorkerProcess.start(database, "first", SETTINGS)) {
            var ids = IntStream.range(0, jobs).mapToObj(number -> ledger.enqueue(number, LONG, manner)).toList();
            for (int number = 0; number < jobs; number++) {
                ledger.await(number, "began", first.pid(), A_WHILE);
            }
            long signal = System.nanoTime();
            first.terminate();
            first.awaitDeath();
            var took = Duration.ofNanos(System.nanoTime() - signal);
            LOG.info("with {} {} jobs a worker stopped in {} ms", jobs, manner, took.toMillis());

            assertThat(took).isBetween(STOP_TIMEOUT.minusMillis(100), AT_MOST);
            assertThat(ids).allSatisfy(id -> {
                assertThat(ledger.queue().find(id).orElseThrow().state()).isEqualTo(State.ENQUEUED);
                assertThat(ledger.history(id)).isEqualTo("[ENQUEUED]");
            });
            try (var second = WorkerProcess.start(database, "second", SETTINGS)) {
                for (int number = 0; number < jobs; number++) {
                    assertThat(ledger.await(number, "began", second.pid(), A_WHILE).attempt()).isEqualTo(1);
                }
            }
            assertThat(ledger.count("done")).isZero();
        }
    }

    private String workers() {
        return ledger.jdbc().sql("select string_agg(name, ', ') from millrace_jobs.job_workers").query(String.class)
                .single();
    }
}
