package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What searches read of a million jobs by time, key and error text, and by which indexes. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class JobSearchPlanTest {

    private static final int JOBS = 1_000_000;
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<String> LARGE = Set.of("jobrunr_jobs", "job_unique_keys");

    private final StatementRecorder recorder = StatementRecorder.of(TestPostgres.newDatabase());
    private final ConfigurableApplicationContext node = new SpringApplicationBuilder(ShopApplication.class)
            .web(WebApplicationType.NONE)
            .properties("spring.datasource.url=" + recorder.jdbcUrl(),
                    "spring.datasource.driver-class-name=" + RecordingDriver.class.getName())
            .run();
    private final JobListing listing = node.getBean(JobListing.class);
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(recorder.realUrl()));

    /**
     * One a millisecond. Of a hundred one has FAILED, of ten thousand one for a reason of its own, and of fifty others one ran under
     * a limit. Of a hundred ids one does not say its place. Rows cannot be read, and are shown by their columns.
     */
    @BeforeAll
    void fill() {
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs disable trigger user").update();
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type,
                                                        queue, error, concurrencyKey, concurrencyLimit, placedById)
                select left(millis, 8) || '-' || right(millis, 4) || '-7000-8000-' || lpad(i::text, 12, '0'), 1, repeat('x', 300), 'x',
                       case when i % 100 = 7 then 'FAILED' else 'SUCCEEDED' end,
                       '2026-01-01'::timestamp + i * interval '1 ms', '2026-02-01'::timestamp + i * interval '1 ms',
                       'usual', 'default',
                       case when i % 10000 = 7 then 'java.io.IOException: Broken pipe'
                            when i % 100 = 7 or i % 1000 = 8 then 'java.lang.IllegalStateException: no reason' end,
                       case when i % 50 = 9 then 'key ' || i % 2000 end, case when i % 50 = 9 then 1 end,
                       case when i % 100 <> 50 then true end
                from (select i, lpad(to_hex(extract(epoch from timestamp '2026-01-01')::bigint * 1000 + i), 12, '0') as millis
                      from generate_series(1, ?) i) numbered
                """)
                .param(JOBS).update();
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs enable trigger user").update();
        jdbc.sql("""
                 insert into millrace_jobs.job_unique_keys (type, key, job_id, scope, taken_at, sweep_at)
                 select 'type ' || i % 20, 'key ' || i, gen_random_uuid(), 'WHILE_WAITING', now(), now()
                 from generate_series(1, 100000) i
                 """).update();
        await().atMost(Duration.ofSeconds(30)).until(this::isVacuumed);
    }

    /** A transaction of the node's that is open meanwhile would leave rows that an index alone cannot know to be visible. */
    private boolean isVacuumed() {
        jdbc.sql("vacuum analyze millrace_jobs.jobrunr_jobs, millrace_jobs.job_unique_keys").update();
        return jdbc
                .sql("select relallvisible = relpages from pg_class where oid = 'millrace_jobs.jobrunr_jobs'::regclass")
                .query(Boolean.class).single();
    }

    @AfterAll
    void close() {
        node.close();
    }

    @Test
    void walkOnlyThroughTheTime() {
        var hour = JobFilter.ALL.withCreatedFrom(FIRST.plusMillis(500_001))
                .withCreatedBefore(FIRST.plusMillis(500_201));

        var read = search(hour, 200);

        assertThat(read.rows).isLessThan(1_000);
        assertThat(read.indexes).containsExactlyInAnyOrder("jobrunr_jobs_newest", "jobrunr_jobs_pkey");
        assertThat(search(hour.withType("rare"), 0).rows).isLessThan(1_000);
    }

    /** A hundred of a million have it; the way there goes through the ten thousand that have one at all. */
    @Test
    void walkOnlyThroughWhatHasAnError() {
        var read = search(JobFilter.ALL.withError("broken PIPE"), 100);

        assertThat(read.rows).isLessThan(12_000);
        assertThat(read.indexes).containsExactlyInAnyOrder("jobrunr_jobs_troubled", "jobrunr_jobs_pkey");
        assertThat(read.alone).contains("jobrunr_jobs_troubled");
        assertThat(search(JobFilter.ALL.withError("nobody said this"), 0).rows).isLessThan(12_000);
    }

    @Test
    void lookForTheFailedOfATypeByTheIndexAlone() {
        var read = search(JobFilter.ALL.withState(State.FAILED).withType("rare").withQueue("default"), 0);

        assertThat(read.rows).isLessThan(12_000);
        assertThat(read.alone).contains("jobrunr_jobs_troubled");
    }

    @Test
    void endAtTheFirstPageOfAnErrorThatManyHave() {
        var read = search(JobFilter.ALL.withError("no reason").withState(State.FAILED), 100);

        assertThat(read.rows).isLessThan(1_000);
        assertThat(read.indexes).containsExactlyInAnyOrder("jobrunr_jobs_troubled", "jobrunr_jobs_pkey");
    }

    /** The planner may read and sort all ten thousand that failed, each by an index and its row, but none of the others. */
    @Test
    void findTheFailedAmongAMillionThatSucceededWithoutAWalk() {
        var read = search(JobFilter.ALL.withState(State.FAILED).withCreatedBefore(FIRST.plusMillis(300_000)), 100);

        assertThat(read.rows).isLessThan(25_000);
    }

    @Test
    void findTheJobsOfAKeyByIt() {
        var read = search(JobFilter.ALL.withKey("key 1009"), 100);

        assertThat(read.rows).isLessThan(1_500);
        assertThat(read.indexes).containsExactlyInAnyOrder("jobrunr_jobs_limited_newest", "jobrunr_jobs_pkey");
        assertThat(search(JobFilter.ALL.withKey("nobody's"), 0).rows).isLessThan(1_000);
    }

    /** No row is read for it, still less a stack trace. */
    @Test
    void countTheFailedOfAnExceptionByTheIndexAlone() {
        var queue = node.getBean(JobQueue.class);
        assertThat(List.of("IOException", "java.io.IOException", "Exception", "java.io.IOException: Broken pipe"))
                .extracting(name -> queue.retryAllDryRun(FailedJobs.ALL.withException(name)).jobs())
                .containsExactly(100, 100, 0, 0);
        var now = Instant.parse("2026-11-26T00:00:00Z");

        for (var which : List.of(FailedJobs.ALL.withLimit(5_000), FailedJobs.ALL.withType("usual").withQueue("default"),
                FailedJobs.ALL.withException("IOException").withFailedFrom(FIRST).withFailedBefore(now),
                FailedJobs.ALL.withError("broken").withLimit(50_000))) {
            var read = read(() -> queue.retryAllDryRun(which), "as failed");
            assertThat(read.indexes).as(which.toString()).containsExactly("jobrunr_jobs_failed");
            assertThat(read.alone).as(which.toString()).containsExactly("jobrunr_jobs_failed");
        }
    }

    private Read search(JobFilter filter, int jobs) {
        var found = new ArrayList<JobStatus>();
        var read = read(() -> found.addAll(listing.page(filter, null, Math.max(jobs, 1)).jobs()), "job");
        assertThat(found).hasSize(jobs);
        return read;
    }

    /** What the statements read that contain this: other threads have some of their own. */
    private Read read(Runnable asking, String part) {
        var statements = recorder.during(asking);
        var scans = statements.stream().filter(statement -> statement.sql().contains(part))
                .flatMap(statement -> scans(JsonMapper.shared().readTree(statement.explain(recorder.realUrl())).get(0)
                        .get("Plan")).stream())
                .toList();
        assertThat(scans).as("of a whole table").noneMatch(scan -> scan.path("Node Type").asString().equals("Seq Scan")
                && LARGE.contains(scan.path("Relation Name").asString()));
        var ofJobs = scans.stream().filter(JobSearchPlanTest::isOfJobs).toList();
        return new Read(ofJobs.stream().mapToDouble(JobSearchPlanTest::rows).sum(),
                names(ofJobs.stream()), names(ofJobs.stream().filter(JobSearchPlanTest::isAlone)));
    }

    private static Set<String> names(Stream<JsonNode> scans) {
        return scans.map(scan -> scan.path("Index Name").asString()).filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isAlone(JsonNode scan) {
        return scan.path("Node Type").asString().equals("Index Only Scan")
                && scan.path("Heap Fetches").asDouble() == 0;
    }

    private static boolean isOfJobs(JsonNode scan) {
        return scan.path("Relation Name").asString().equals("jobrunr_jobs")
                || scan.path("Index Name").asString().startsWith("jobrunr_jobs_");
    }

    private static double rows(JsonNode scan) {
        return (scan.path("Actual Rows").asDouble() + scan.path("Rows Removed by Filter").asDouble())
                * scan.path("Actual Loops").asDouble();
    }

    /** Those of tables and their indexes that were made. */
    private static List<JsonNode> scans(JsonNode plan) {
        var found = new ArrayList<JsonNode>();
        if ((plan.has("Relation Name") || plan.has("Index Name")) && plan.path("Actual Loops").asDouble() > 0) {
            found.add(plan);
        }
        plan.path("Plans").forEach(part -> found.addAll(scans(part)));
        return found;
    }

    /**
     * Of a statement.
     *
     * @param alone
     *            the indexes that were read without the rows of their entries
     */
    private record Read(double rows, Set<String> indexes, Set<String> alone) {
    }
}
