package io.millrace.jobs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoods;
import io.millrace.jobs.sample.CarryGoodsHandler;
import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that is copied while jobs run, and what becomes of them where workers are started on the copy. */
@Tag("long")
class BackupIT {

    private static final Logger LOG = LoggerFactory.getLogger(BackupIT.class);
    private static final int BEFORE = 500;
    private static final int AT_ONCE = 50;
    /** What comes in after the restore, out of the way of what may have come in before it. */
    private static final int AFTERWARDS = 100_000;
    private static final Duration A_WHILE = Duration.ofSeconds(90);
    private static final Duration BREATH = Duration.ofMillis(200);
    private static final String[] QUIET = {"concurrency=16", "logging.level.root=error",
            "logging.level.org.jobrunr=off"};

    /** Goods that are there before the backup, on the road during it, and sent after it: their diary is no part of the database. */
    private static final int ARRIVED = 1;
    private static final int UNDER_WAY = 2;
    private static final int LATER = 3;

    @TempDir
    private Path diary;

    @Test
    void runsAgainWhatRanOrEndedAfterTheBackupAndLosesNothingThatItHad() throws Exception {
        Path backup;
        UUID arrived;
        UUID underWay;
        try (var postgres = new KillablePostgres(); var errands = new Errands(postgres.url())) {
            try (var one = WorkerProcess.start(postgres.url(), "one", QUIET);
                    var two = WorkerProcess.start(postgres.url(), "two", QUIET)) {
                arrived = send(errands, ARRIVED);
                open(ARRIVED);
                awaitDone(errands, arrived);
                underWay = send(errands, UNDER_WAY);
                awaitDiary("2 began");
                promise(errands, 0, BEFORE);
                Awaitility.await().atMost(A_WHILE).until(() -> done(errands) > BEFORE / 10);
                var wanted = new AtomicBoolean(true);
                var goesOn = CompletableFuture.supplyAsync(() -> promiseWhile(errands, wanted),
                        Thread::startVirtualThread);

                backup = postgres.backUp();

                open(UNDER_WAY);
                open(LATER);
                awaitDone(errands, underWay);
                awaitDone(errands, send(errands, LATER));
                wanted.set(false);
                int next = goesOn.get(A_WHILE.toSeconds(), TimeUnit.SECONDS);
                promise(errands, next, next + AT_ONCE);
                assertThat(List.of(one.isAlive(), two.isAlive())).containsOnly(true);
            }
        }
        try (var postgres = KillablePostgres.restored(backup); var errands = new Errands(postgres.url())) {
            verify(errands, postgres.url(), arrived, underWay);
        }
    }

    private void verify(Errands errands, String url, UUID arrived, UUID underWay) throws Exception {
        int promised = one(errands, "select count(*) from promised");
        int running = one(errands, "select count(*) from millrace_jobs.jobrunr_jobs where state = 'PROCESSING'");
        LOG.info("the backup has {} promises, {} of their jobs done, {} jobs running; figures {}", promised,
                done(errands), running, counted(errands));
        assertThat(promised).as("whole transactions").isGreaterThanOrEqualTo(BEFORE)
                .isEqualTo(promised / AT_ONCE * AT_ONCE);
        assertThat(running).isBetween(1, 32);
        assertThat(counted(errands)).isEqualTo(noted(errands));
        assertThat(state(errands, arrived)).isEqualTo(State.SUCCEEDED);
        assertThat(state(errands, underWay)).isEqualTo(State.PROCESSING);

        assertThat(send(errands, ARRIVED)).as("its idempotency key is known").isEqualTo(arrived);
        promise(errands, AFTERWARDS, AFTERWARDS + BEFORE);
        try (var three = WorkerProcess.start(url, "three", QUIET); var four = WorkerProcess.start(url, "four", QUIET)) {
            var later = send(errands, LATER);
            var kept = new KeptPromises(errands, promised + BEFORE);
            Awaitility.await().atMost(A_WHILE).pollInterval(Duration.ofMillis(100)).until(kept::areAllFinal);
            LOG.info("all final: {}", kept.figures());

            kept.verify();
            assertThat(kept.rescued()).as("went on as after a crash").isEqualTo(running);
            assertThat(errands.queue().find(underWay).orElseThrow().attempt()).as("at the cost of no attempt").isOne();
            assertThat(state(errands, later)).as("enqueued again, as its caller must").isEqualTo(State.SUCCEEDED);
            assertThat(diary()).filteredOn(line -> line.startsWith("1 ")).hasSize(1);
            assertThat(diary()).filteredOn(line -> line.startsWith("2 ")).hasSize(2);
            assertThat(diary()).filteredOn(line -> line.startsWith("3 ")).hasSize(2);
            assertThat(counted(errands)).isEqualTo(noted(errands));
            assertThat(List.of(three.isAlive(), four.isAlive())).containsOnly(true);
        }
    }

    private static void promise(Errands errands, int from, int to) {
        for (int next = from; next < to; next += AT_ONCE) {
            errands.promise(IntStream.range(next, Math.min(next + AT_ONCE, to)).boxed().toList());
            errands.cancelSome();
        }
    }

    /** What would be the next. */
    private static int promiseWhile(Errands errands, AtomicBoolean wanted) {
        int next = BEFORE;
        while (wanted.get()) {
            promise(errands, next, next + AT_ONCE);
            next += AT_ONCE;
            LockSupport.parkNanos(BREATH.toNanos());
        }
        return next;
    }

    /** With a key, as a caller does that repeats what may not have come through. */
    private UUID send(Errands errands, int number) {
        return errands.queue().enqueue(new CarryGoods(number, CarryGoods.TO_THE_GATE, diary.toString()),
                EnqueueOptions.DEFAULTS.withIdempotencyKey("goods-" + number));
    }

    private void open(int number) throws Exception {
        Files.createFile(CarryGoodsHandler.gate(diary, number));
    }

    private List<String> diary() throws Exception {
        return Files.readAllLines(diary.resolve("diary"));
    }

    private void awaitDiary(String line) {
        Awaitility.await().atMost(A_WHILE).ignoreExceptions()
                .until(() -> diary().stream().anyMatch(each -> each.startsWith(line)));
    }

    private static void awaitDone(Errands errands, UUID id) {
        Awaitility.await().atMost(A_WHILE).until(() -> state(errands, id) == State.SUCCEEDED);
    }

    private static State state(Errands errands, UUID id) {
        return errands.queue().find(id).orElseThrow().state();
    }

    private static int done(Errands errands) {
        return one(errands, "select count(distinct number) from errands");
    }

    private static Map<String, Long> counted(Errands errands) {
        return Map.of("SUCCEEDED", rows(errands, "SUCCEEDED"), "FAILED", rows(errands, "FAILED"), "DELETED",
                rows(errands, "DELETED"));
    }

    private static long rows(Errands errands, String state) {
        return errands.jdbc().sql("select count(*) from millrace_jobs.jobrunr_jobs where state = ?").param(state)
                .query(Long.class).single();
    }

    /** As the triggers have it. */
    private static Map<String, Long> noted(Errands errands) {
        var stats = errands.bean(JobStore.class).getJobStats();
        return Map.of("SUCCEEDED", stats.getSucceeded(), "FAILED", stats.getFailed(), "DELETED", stats.getDeleted());
    }

    private static int one(Errands errands, String sql) {
        return errands.jdbc().sql(sql).query(Integer.class).single();
    }
}
