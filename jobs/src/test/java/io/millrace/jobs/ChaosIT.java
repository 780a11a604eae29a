package io.millrace.jobs;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three worker processes and their database, of which one is killed, stopped or restarted every few seconds while jobs of mixed kinds
 * come in. What happens when is drawn from a seed, which is printed: {@code -Dchaos.seed=…} has it happen again, as exactly as
 * processes and clocks allow. {@code -Dchaos.seconds=…} and {@code -Dchaos.jobs=…} make it longer or shorter.
 */
@Tag("long")
class ChaosIT {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosIT.class);
    private static final long SEED = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("chaos.seconds", 120));
    private static final int JOBS = Integer.getInteger("chaos.jobs", 20_000);
    private static final int AT_ONCE = 50;
    private static final Duration IN_THE_END = Duration.ofMinutes(4);

    @Test
    void losesNothingAndDoesOnceWhatIsToBeDoneOnce() throws Exception {
        var mishaps = Mishap.drawn(SEED, TIME);
        LOG.info("chaos: seed {}, {} mishaps in {}, {} jobs", SEED, mishaps.size(), TIME, JOBS);
        try (var postgres = new KillablePostgres();
                var errands = new Errands(postgres.url());
                var workers = new KeptWorkers(postgres.url(), Mishap.WORKERS, "concurrency=16",
                        "stop-timeout=PT10S", "logging.level.root=error", "logging.level.org.jobrunr=off")) {
            long start = System.nanoTime();
            // Not on the common pool, on which the ends of processes are told.
            var promises = CompletableFuture.runAsync(() -> promiseAll(errands, start), Thread::startVirtualThread);
            var befell = befall(mishaps, workers, postgres);
            promises.get(IN_THE_END.toSeconds(), TimeUnit.SECONDS);
            long calm = System.nanoTime();
            var kept = new KeptPromises(errands, JOBS);

            Awaitility.await().atMost(IN_THE_END).pollInterval(Duration.ofMillis(200)).ignoreExceptions()
                    .until(kept::areAllFinal);
            LOG.info("chaos: seed {}: all final {} s after the last mishap; {}", SEED,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - calm),
                    "mishaps %s, %d starts of workers, %s".formatted(befell, workers.starts(), kept.figures()));
            // What old runs still do then is to change nothing.
            workers.awaitResumed();
            kept.verify();
            assertThat(kept.rescued()).as("jobs that something befell").isPositive();
        }
    }

    private static void promiseAll(Errands errands, long start) {
        for (int from = 0; from < JOBS; from += AT_ONCE) {
            long due = start + TIME.toNanos() / JOBS * from;
            Awaitility.await().forever().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() - due >= 0);
            errands.promise(IntStream.range(from, Math.min(from + AT_ONCE, JOBS)).boxed().toList());
            errands.cancelSome();
        }
    }

    private static Map<Mishap.What, Integer> befall(List<Mishap> mishaps, KeptWorkers workers,
            KillablePostgres postgres) throws Exception {
        var befell = new EnumMap<Mishap.What, Integer>(Mishap.What.class);
        for (var mishap : mishaps) {
            TimeUnit.NANOSECONDS.sleep(mishap.after().toNanos());
            boolean happened = true;
            switch (mishap.what()) {
                case KILL -> workers.kill(mishap.worker());
                case PAUSE -> happened = workers.pause(mishap.worker(), mishap.time());
                case DATABASE -> {
                    postgres.kill();
                    TimeUnit.NANOSECONDS.sleep(mishap.time().toNanos());
                    postgres.restart();
                }
            }
            LOG.info("chaos: {}{}", mishap, happened ? "" : " met nobody");
            befell.merge(mishap.what(), happened ? 1 : 0, Integer::sum);
        }
        return befell;
    }
}
