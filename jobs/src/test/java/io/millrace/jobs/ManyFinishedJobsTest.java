package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.jobrunr.utils.mapper.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten million finished jobs beside none, in one run and in turns: plans, counts and times are held. The aim is a tenth at most;
 * a quarter is what one run on a busy machine can tell apart from chance.
 */
@Tag("long")
class ManyFinishedJobsTest {

    private static final int FINISHED = 10_000_000;
    private static final int WRITTEN_AT_ONCE = 500_000;
    private static final int WARM_UP = 15;
    private static final int ROUNDS = 60;
    private static final int JOBS = 200;
    private static final int TAKEN_AT_ONCE = 50;
    private static final Duration COUNTED_WITHIN = Duration.ofMillis(5);
    private static final int PERCENT_AT_MOST = 125;

    private final Engine none = new Engine(TestPostgres.newDatabase());
    private final StatementRecorder recorder = StatementRecorder.of(TestPostgres.newDatabase());
    private final Engine millions = new Engine(recorder.realUrl());

    @AfterEach
    void close() {
        none.service.close();
        millions.service.close();
    }

    @Test
    void areNotReadToFetchOrToCount() {
        long began = System.nanoTime();
        millions.addFinished();
        System.out.printf("%,d finished jobs, %s, written in %d s%n", FINISHED, millions.size(),
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        for (int round = 0; round < WARM_UP; round++) {
            none.round();
            millions.round();
        }

        measure();
        var counted = median(counting());
        System.out.printf("counts: %d µs, by JobRunr's view %d ms%n", counted.toNanos() / 1_000,
                Engine.time(() -> millions.jdbc.sql("select * from millrace_jobs.jobrunr_jobs_stats").query()
                        .singleRow()).toMillis());

        assertThat(counted).as("the counts").isLessThan(COUNTED_WITHIN);
        assertThat(percent(millions.enqueued, none.enqueued)).as("percent of what enqueueing takes without")
                .isLessThanOrEqualTo(PERCENT_AT_MOST);
        assertThat(percent(millions.fetched, none.fetched)).as("percent of what fetching takes without")
                .isLessThanOrEqualTo(PERCENT_AT_MOST);
        assertThat(planOfTheFetch()).allSatisfy(plan -> assertThat(plan).doesNotContain("Seq Scan"));
    }

    private List<Duration> counting() {
        return Stream.generate(() -> Engine.time(
                () -> assertThat(millions.store.getJobStats().getSucceeded()).isEqualTo(FINISHED))).limit(101).toList();
    }

    private void measure() {
        none.forget();
        millions.forget();
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                none.round();
                millions.round();
            } else {
                millions.round();
                none.round();
            }
        }
        System.out.printf("per job: enqueue %d µs against %d µs without, fetch %d µs against %d µs without%n",
                perJob(millions.enqueued), perJob(none.enqueued), perJob(millions.fetched), perJob(none.fetched));
    }

    private List<String> planOfTheFetch() {
        var properties = List.of("spring.datasource.url=" + recorder.jdbcUrl(),
                "spring.datasource.driver-class-name=" + RecordingDriver.class.getName());
        try (var service = start(properties)) {
            var engine = new Engine(service);
            engine.enqueue();
            var plans = recorder.during(engine::fetch).stream()
                    .filter(statement -> statement.sql().contains("skip locked"))
                    .map(statement -> statement.explainGeneric(recorder.realUrl())).toList();
            assertThat(plans).isNotEmpty();
            return plans;
        }
    }

    private static long percent(List<Duration> with, List<Duration> without) {
        return 100 * median(with).toNanos() / median(without).toNanos();
    }

    private static long perJob(List<Duration> rounds) {
        return median(rounds).dividedBy(JOBS).toNanos() / 1_000;
    }

    private static Duration median(List<Duration> times) {
        var sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static ConfigurableApplicationContext start(List<String> properties) {
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new)).run();
    }

    /** An engine without a worker; this takes the jobs itself. */
    private static final class Engine {

        final ConfigurableApplicationContext service;
        final JobQueue queue;
        final JobStore store;
        final JdbcClient jdbc;
        final JobServer taker;
        final List<Duration> enqueued = new ArrayList<>();
        final List<Duration> fetched = new ArrayList<>();

        Engine(String url) {
            this(start(List.of("spring.datasource.url=" + url)));
        }

        Engine(ConfigurableApplicationContext service) {
            this.service = service;
            queue = service.getBean(JobQueue.class);
            store = service.getBean(JobStore.class);
            jdbc = service.getBean(JdbcClient.class);
            taker = new JobServer(store, service.getBean(JsonMapper.class), service.getBean(JobActivator.class),
                    BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                            .andBackgroundJobServerWorkerPolicy(new WorkerSlots(JOBS, QueueSubscription.ALL)),
                    new WorkerTables(service.getBean(DataSource.class), service.getBean(JobsSchema.class),
                            service.getBean(WakeUp.class)));
        }

        void round() {
            enqueued.add(time(this::enqueue));
            fetched.add(time(this::fetch));
            jdbc.sql("delete from millrace_jobs.jobrunr_jobs where state in ('PROCESSING', 'ENQUEUED')").update();
        }

        void forget() {
            enqueued.clear();
            fetched.clear();
        }

        void enqueue() {
            for (int job = 1; job <= JOBS; job++) {
                queue.enqueue(new ShipOrder(job, "somewhere"));
            }
        }

        void fetch() {
            int taken = 0;
            while (taken < JOBS) {
                int some = store.getJobsToProcess(taker, AmountBasedList.ascOnUpdatedAt(TAKEN_AT_ONCE)).size();
                assertThat(some).isPositive();
                taken += some;
            }
        }

        /** Indexes after the rows: minutes instead of a quarter of an hour. */
        void addFinished() {
            var indexes = jdbc.sql("""
                                   select pg_get_indexdef(indexrelid) from pg_index
                                   where indrelid = 'millrace_jobs.jobrunr_jobs'::regclass and not indisprimary
                                   """).query((row, number) -> row.getString(1)).list();
            jdbc.sql("""
                     do $$ declare one regclass; begin
                         for one in select indexrelid from pg_index
                             where indrelid = 'millrace_jobs.jobrunr_jobs'::regclass and not indisprimary
                         loop execute 'drop index ' || one; end loop;
                     end $$
                     """).update();
            jdbc.sql("alter table millrace_jobs.jobrunr_jobs disable trigger user").update();
            for (int rows = 0; rows < FINISHED; rows += WRITTEN_AT_ONCE) {
                jdbc.sql(
                        """
                        insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt,
                                                                updatedAt, type, queue)
                        select uuidv7(interval '-1 day')::text, 3, repeat('0123456789', 25), 'io.millrace.jobs.JobRunner.run(...)',
                               'SUCCEEDED', past, past, 'ship-order', 'shipping'
                        from (select (now() at time zone 'UTC') - interval '1 day' + i * interval '1 microsecond' as past
                              from generate_series(?, ?) i) rows
                        """)
                        .param(rows + 1).param(rows + WRITTEN_AT_ONCE).update();
            }
            jdbc.sql("insert into millrace_jobs.job_counts (state, jobs) values ('SUCCEEDED', ?)").param(FINISHED)
                    .update();
            jdbc.sql("alter table millrace_jobs.jobrunr_jobs enable trigger user").update();
            indexes.forEach(index -> jdbc.sql(String.valueOf(index)).update());
            jdbc.sql("vacuum analyze millrace_jobs.jobrunr_jobs").update();
        }

        String size() {
            return String
                    .valueOf(jdbc.sql("select pg_size_pretty(pg_total_relation_size('millrace_jobs.jobrunr_jobs'))")
                            .query(String.class).single());
        }

        private static Duration time(Runnable action) {
            long before = System.nanoTime();
            action.run();
            return Duration.ofNanos(System.nanoTime() - before);
        }
    }
}
