package io.millrace.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.sample.RunErrand;
import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten minutes of a steady load of mixed jobs ({@code -Dsoak.seconds=…} for another time): what the processes and the database use
 * is the same in its last third as in the one before. What is kept for a day elsewhere is kept for seconds here, and Postgres vacuums
 * each ten seconds instead of each minute, so that there is an end to growth within minutes.
 */
@Tag("long")
class SoakIT {

    private static final Logger LOG = LoggerFactory.getLogger(SoakIT.class);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("soak.seconds", 600));
    private static final int JOBS_A_SECOND = 40;
    private static final int SAMPLES = 30;
    private static final String KEPT = "PT10S";
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final Pattern TOTAL_BYTES = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    @Test
    void usesNoMoreAtTheEndThanBefore() throws Exception {
        try (var postgres = new KillablePostgres();
                var errands = new Errands(postgres.url(), "millrace.jobs.result-ttl=" + KEPT,
                        "millrace.jobs.idempotency-ttl=" + KEPT);
                var first = worker(postgres, "first");
                var second = worker(postgres, "second")) {
            errands.jdbc().sql("alter system set autovacuum_naptime = '10s'").update();
            errands.jdbc().sql("select pg_reload_conf()").query(Boolean.class).single();
            long start = System.nanoTime();
            var load = CompletableFuture.runAsync(() -> load(errands, start), Thread::startVirtualThread);
            var samples = new ArrayList<Sample>();
            for (int i = 1; i <= SAMPLES; i++) {
                awaitTime(start + TIME.toNanos() / SAMPLES * i);
                var sample = sample(errands, first, second);
                LOG.info("soak: after {} s {}", TIME.toSeconds() * i / SAMPLES, sample);
                samples.add(sample);
            }
            load.get(A_WHILE.toSeconds(), TimeUnit.SECONDS);

            assertFlat("heap after a collection", samples, Sample::heap, SoakIT::median, 1.03, 0);
            assertFlat("threads of the operating system's", samples, Sample::threads, SoakIT::median, 1, 2);
            assertFlat("connections", samples, Sample::connections, SoakIT::median, 1, 2);
            for (var table : samples.getLast().rows().keySet()) {
                if (table.equals("job_figures")) {
                    continue;
                }
                // Whatever is swept from time to time comes to its peak in each third. Counts have a row for each change since the
                // last poll, when they are added up.
                assertFlat("most rows of " + table, samples, sample -> sample.rows().getOrDefault(table, 0L),
                        SoakIT::most, 1.3, table.equals("job_counts") ? JOBS_A_SECOND * 8 : 20);
            }
            assertThat(samples.getLast().rows().get("job_figures")).as("rows of job_figures")
                    .isBetween(1L, mostFigures(errands));
            assertFlat("bytes of tables and indexes", samples, Sample::bytes, SoakIT::median, 1.2, 0);
            assertThat(samples.getLast().finished()).as("jobs that had ended")
                    .isGreaterThan(TIME.toSeconds() * JOBS_A_SECOND * 8 / 10);
        }
    }

    /** Those of ten seconds are kept for two hours: until then each type has in each queue a row of each span that has begun. */
    private static long mostFigures(Errands errands) {
        long spans = LongStream.of(10, 60, 300, 3600).map(span -> A_WHILE.plus(TIME).toSeconds() / span + 1).sum();
        return spans * errands.jdbc().sql("select count(distinct (type, queue)) from millrace_jobs.job_figures")
                .query(Long.class).single();
    }

    private static void load(Errands errands, long start) {
        for (int second = 0; second < TIME.toSeconds(); second++) {
            int from = second * JOBS_A_SECOND;
            awaitTime(start + TimeUnit.SECONDS.toNanos(second));
            errands.promise(IntStream.range(from, from + JOBS_A_SECOND)
                    .filter(number -> !Errands.failsForGood(number)).boxed().toList());
            errands.cancelSome();
            var keyed = new RunErrand(from, RunErrand.Kind.NOTHING, Duration.ZERO);
            errands.queue().enqueue(keyed, EnqueueOptions.DEFAULTS.withIdempotencyKey("soak-" + second));
            errands.queue().enqueue(keyed, EnqueueOptions.DEFAULTS
                    .withUniqueKey(UniqueKey.whileWaiting("soak-" + second % 3)));
        }
    }

    private static void awaitTime(long due) {
        Awaitility.await().forever().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() - due >= 0);
    }

    private static WorkerProcess worker(KillablePostgres postgres, String name) throws IOException {
        return WorkerProcess.start(postgres.url(), name, "concurrency=16", "delete-succeeded-after=" + KEPT,
                "purge-deleted-after=" + KEPT, "millrace.jobs.result-ttl=" + KEPT,
                "millrace.jobs.idempotency-ttl=" + KEPT, "logging.level.org.jobrunr=off");
    }

    private static Sample sample(Errands errands, WorkerProcess... workers) throws Exception {
        long heap = 0;
        long threads = 0;
        for (var worker : workers) {
            heap += heap(worker);
            threads += number(THREADS, Files.readString(Path.of("/proc", String.valueOf(worker.pid()), "status")));
        }
        var jdbc = errands.jdbc();
        long connections = jdbc.sql("select count(*) from pg_stat_activity where backend_type = 'client backend'")
                .query(Long.class).single();
        var tables = new TreeMap<String, Long>();
        var rows = new TreeMap<String, Long>();
        for (var table : jdbc.sql("select tablename from pg_tables where schemaname = 'millrace_jobs'")
                .query(String.class).list()) {
            tables.put(table, jdbc.sql("select pg_total_relation_size('millrace_jobs.%s')".formatted(table))
                    .query(Long.class).single());
            rows.put(table,
                    jdbc.sql("select count(*) from millrace_jobs." + table).query(Long.class).single());
        }
        long finished = jdbc.sql("select (select count(*) from errands) + (select count(*) from settlements)")
                .query(Long.class).single();
        return new Sample(heap, threads, connections, tables, rows, finished);
    }

    /** Of what is reachable: it is counted after a full collection. */
    private static long heap(WorkerProcess worker) throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var counted = new ProcessBuilder(jcmd, String.valueOf(worker.pid()), "GC.class_histogram")
                .redirectErrorStream(true).start();
        return number(TOTAL_BYTES, new String(counted.getInputStream().readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8));
    }

    private static long number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
        return Long.parseLong(found.group(1));
    }

    /** The last third beside the second: in the first one there is much for the first time. */
    private static void assertFlat(String what, List<Sample> samples, ToLongFunction<Sample> of,
            ToLongFunction<LongStream> in, double most, int slack) {
        long before = in.applyAsLong(samples.subList(SAMPLES / 3, SAMPLES * 2 / 3).stream().mapToLong(of));
        long last = in.applyAsLong(samples.subList(SAMPLES * 2 / 3, SAMPLES).stream().mapToLong(of));
        LOG.info("soak: {}: {} in the second third, {} in the last", what, before, last);
        assertThat(last).as(what).isLessThanOrEqualTo((long) (before * most) + slack);
    }

    private static long median(LongStream values) {
        var sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static long most(LongStream values) {
        return values.max().orElseThrow();
    }

    private record Sample(long heap, long threads, long connections, Map<String, Long> tables,
            Map<String, Long> rows, long finished) {

        long bytes() {
            return tables.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
