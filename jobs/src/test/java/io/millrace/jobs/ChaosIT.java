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
    private static final String FINAL = "('SUCCEEDED', 'FAILED', 'DELETED')";

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

            Awaitility.await().atMost(IN_THE_END).pollInterval(Duration.ofMillis(200)).ignoreExceptions()
                    .until(() -> count(errands, "jobrunr_jobs where state not in " + FINAL) == 0);
            LOG.info("chaos: seed {}: all final {} s after the last mishap; {}", SEED,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - calm),
                    figures(errands, workers, befell));
            verify(errands);
            assertThat(rescued(errands)).as("jobs that something befell").isPositive();
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

    private static void verify(Errands errands) {
        assertThat(count(errands, "jobrunr_jobs where state not in " + FINAL)).as("not final").isZero();
        assertThat(promised(errands, "")).as("promised").isEqualTo(JOBS);
        assertThat(promised(errands, "where job is null")).as("lost").isZero();
        assertThat(settlements(errands, "SUCCEEDED", "<> 1")).as("settled and not exactly once").isZero();
        assertThat(settlements(errands, "FAILED", "<> 0")).as("failed, and settled all the same").isZero();
        assertThat(settlements(errands, "DELETED", "<> 0")).as("cancelled, and settled all the same").isZero();
        assertThat(settlements(errands, "SUCCEEDED", "= 1")).as("settled exactly once")
                .isGreaterThan(JOBS / Errands.ROUND * 3);
        assertThat(one(errands, """
                                select count(*) from %s where state = 'SUCCEEDED' and not settles
                                    and not exists(select from errands where number = p.number)
                                """.formatted(PROMISED))).as("succeeded, with nothing done").isZero();
        assertThat(one(errands,
                """
                with followers as (
                    select substring(jobAsJson from 'number\\\\":-([0-9]+)')::int as number, count(*) as jobs
                    from millrace_jobs.jobrunr_jobs where type = 'run-errand' group by 1)
                select count(*) from %s left join followers using (number)
                where p.number %% 20 = 8
                    and coalesce(jobs, 0) <> case when state = 'SUCCEEDED' then 1 else 0 end
                """.formatted(PROMISED))).as("not followed by exactly one").isZero();
        assertThat(one(errands, """
                                select count(*) from %s where state = 'FAILED' and number %% 20 <> 16
                                    and regexp_count(jobAsJson, 'io.millrace.jobs.WorkerCrashed') < 3
                                """.formatted(PROMISED))).as("failed for no reason of its own").isZero();
        assertThat(one(errands, "select count(*) from %s where number %% 20 = 16 and state <> 'FAILED'"
                .formatted(PROMISED))).as("not failed, though it must").isZero();
        assertThat(one(errands, """
                                select count(*) from %s where state = 'SUCCEEDED'
                                    and not exists(select from millrace_jobs.job_results r where r.job_id = p.job_id)
                                """.formatted(PROMISED))).as("succeeded without a result").isZero();
        assertThat(errands.cancelled()).isNotEmpty().allSatisfy(id -> assertThat(
                one(errands, "select count(*) from millrace_jobs.jobrunr_jobs where id = '%s' and state = 'DELETED'"
                        .formatted(id)))
                .as("cancelled, and stays so").isEqualTo(1));
    }

    /** Each number that was promised, with its job's row as far as there is one. */
    private static final String PROMISED = """
                                           (select number, number %% 20 in (8, 9, 10, 11, 19) as settles, promised.job as job_id,
                                               job.id as job, job.state, job.jobAsJson
                                           from promised left join millrace_jobs.jobrunr_jobs job
                                               on job.id = promised.job::text::bpchar) p
                                           """
            .replace("%%", "%");

    private static int promised(Errands errands, String condition) {
        return one(errands, "select count(*) from " + PROMISED + condition);
    }

    private static int settlements(Errands errands, String state, String howMany) {
        return one(errands,
                """
                select count(*) from %s where settles and state = '%s'
                    and (select count(*) from settlements where number = p.number) %s
                """.formatted(PROMISED, state, howMany));
    }

    private static int count(Errands errands, String of) {
        return one(errands, "select count(*) from millrace_jobs." + of);
    }

    private static int rescued(Errands errands) {
        return count(errands, "jobrunr_jobs where jobAsJson like '%io.millrace.jobs.WorkerCrashed%'");
    }

    private static int one(Errands errands, String sql) {
        return errands.jdbc().sql(sql).query(Integer.class).single();
    }

    private static String figures(Errands errands, KeptWorkers workers, Map<Mishap.What, Integer> befell) {
        return "mishaps %s, %d starts of workers, %d refusals, %d runs rescued of %d jobs, %d quarantined, %d errands of %d ran again, %d cancelled"
                .formatted(befell, workers.starts(), errands.refusals(),
                        one(errands, """
                                     select coalesce(sum(regexp_count(jobAsJson, 'io.millrace.jobs.WorkerCrashed')), 0)
                                     from millrace_jobs.jobrunr_jobs
                                     """),
                        rescued(errands),
                        count(errands,
                                "jobrunr_jobs where regexp_count(jobAsJson, 'io.millrace.jobs.WorkerCrashed') >= "
                                        + CrashedJob.LAST_CRASH),
                        one(errands, "select count(*) - count(distinct number) from errands"),
                        one(errands, "select count(distinct number) from errands"), errands.cancelled().size());
    }
}
