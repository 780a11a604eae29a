package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.sample.ServeTenant;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.RecordedStatement;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** How Postgres goes about the statements of a fetch while a hundred thousand jobs of a full key wait before all others. */
@Tag("long")
class LimitPlansTest {

    private static final int WAITING = 100_000;
    /** Of all steps of one statement together; a look is at two hundred keys at most. */
    private static final int FEW = 300;
    private static final Set<String> SCANS = Set.of("Index Scan", "Index Only Scan");
    private static final String AS_THE_ENGINE = "options="
            + Stream.of("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin")
                    .map("-c%%20enable_%s=off"::formatted).reduce((one, other) -> one + "%20" + other).orElseThrow();

    private final StatementRecorder recorder = StatementRecorder.of(TestPostgres.newDatabase());
    private final ConfigurableApplicationContext node = new SpringApplicationBuilder(ShopApplication.class)
            .web(WebApplicationType.NONE)
            .properties("spring.datasource.url=" + recorder.jdbcUrl(),
                    "spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
                    "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.queues=tenants")
            .run();
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(recorder.realUrl()));

    @BeforeEach
    void stopTheWorker() {
        node.getBean(JobWorker.class).stop();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void areBoundedBesideAFullKey() {
        enqueue(EnqueueOptions.DEFAULTS.withConcurrencyLimit("a", 1).withPriority(1000));
        taken(1);
        wait(EnqueueOptions.DEFAULTS.withConcurrencyLimit("a", 1).withPriority(1000));
        enqueue(EnqueueOptions.DEFAULTS.withConcurrencyLimit("b", 1));
        enqueue(EnqueueOptions.DEFAULTS);

        var statements = recorder.during(() -> taken(2));

        assertThat(running()).isEqualTo(3);
        var selects = statements.stream().filter(statement -> statement.sql().contains("jobrunr_jobs"))
                .filter(statement -> statement.sql().contains("select")).toList();
        assertThat(selects).hasSizeGreaterThanOrEqualTo(5).allSatisfy(LimitPlansTest.this::readsFewRowsByIndex);
    }

    @Test
    void areThoseOfBeforeWhereNothingIsLimited() {
        enqueue(EnqueueOptions.DEFAULTS);
        wait(EnqueueOptions.DEFAULTS);

        var statements = recorder.during(() -> taken(2)).stream()
                .filter(statement -> statement.sql().contains("concurrencyKey is null")).toList();

        assertThat(statements).as("the queues, and the jobs of one").hasSize(2);
        assertThat(statements).allSatisfy(LimitPlansTest.this::readsFewRowsByIndex);
        assertThat(scans(plan(statements.getLast()))).extracting(scan -> scan.path("Index Name").asString())
                .containsOnlyOnce("jobrunr_jobs_waiting_in_queue");
    }

    private void readsFewRowsByIndex(RecordedStatement statement) {
        var scans = scans(plan(statement));
        assertThat(scans).as(statement.sql())
                .allSatisfy(scan -> assertThat(scan.path("Node Type").asString()).isIn(SCANS));
        assertThat(scans.stream().mapToDouble(LimitPlansTest::rows).sum()).as(statement.sql()).isLessThan(FEW);
    }

    private JsonNode plan(RecordedStatement statement) {
        var url = recorder.realUrl() + (recorder.realUrl().contains("?") ? "&" : "?") + AS_THE_ENGINE;
        return JsonMapper.shared().readTree(statement.explain(url)).get(0).get("Plan");
    }

    private static double rows(JsonNode scan) {
        return (scan.path("Actual Rows").asDouble() + scan.path("Rows Removed by Filter").asDouble())
                * scan.path("Actual Loops").asDouble();
    }

    /** What a plan reads of the jobs' table. */
    private static List<JsonNode> scans(JsonNode plan) {
        var found = new ArrayList<JsonNode>();
        if (plan.path("Relation Name").asString().equals("jobrunr_jobs")
                && !plan.path("Node Type").asString().equals("ModifyTable")) {
            found.add(plan);
        }
        plan.path("Plans").forEach(part -> found.addAll(scans(part)));
        return found;
    }

    private void enqueue(EnqueueOptions options) {
        node.getBean(JobQueue.class).enqueue(new ServeTenant("somebody", false), options);
    }

    /** Has many such jobs wait. */
    private void wait(EnqueueOptions options) {
        enqueue(options);
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type,
                                                        queue, priority, concurrencyKey, concurrencyLimit)
                select gen_random_uuid()::text, 1, '{}', jobSignature, state, createdAt, updatedAt + i * interval '1 ms', type,
                       queue, priority, concurrencyKey, concurrencyLimit
                from millrace_jobs.jobrunr_jobs, generate_series(1, ?) i where state = 'ENQUEUED'
                """)
                .param(WAITING).update();
        jdbc.sql("vacuum analyze millrace_jobs.jobrunr_jobs").update();
    }

    private void taken(int most) {
        node.getBean(JobStore.class).getJobsToProcess(node.getBean(JobServerFactory.class).newServer(),
                AmountBasedList.ascOnUpdatedAt(most));
    }

    private int running() {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs where state = 'PROCESSING'")
                .query(Integer.class).single();
    }
}
