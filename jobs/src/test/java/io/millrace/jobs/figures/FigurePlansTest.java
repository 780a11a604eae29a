package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.jobs.StoreTables;
import io.millrace.testkit.RecordedStatement;
import io.millrace.testkit.StatementRecorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is read of eight days of figures of {@value #PAIRS} pairs of type and queue, and of waiting jobs beside finished ones. */
@TestInstance(Lifecycle.PER_CLASS)
class FigurePlansTest {

    private static final int PAIRS = 10;
    private static final int WAITING = 2_000;
    private static final int FINISHED = 20_000;
    private static final String BY_INDEX = "options=-c%20enable_seqscan=off%20-c%20enable_bitmapscan=off";

    private final StoreTables tables = new StoreTables();
    private final StatementRecorder recorder = StatementRecorder.of(tables.database.getJdbcUrl());
    private final DriverManagerDataSource recorded = new DriverManagerDataSource(recorder.jdbcUrl());
    private final JobFigures figures = new PostgresJobFigures(recorded, tables.schema);

    /** Of each span what is kept, in seconds. */
    @BeforeAll
    void fill() {
        tables.jdbc.sql("""
                        insert into millrace_jobs.job_figures
                        select span, at, 'type' || pair / 2, 'queue' || pair % 2, 1, 1, 1, 0, 0, 0, 0,
                               decode('30010201', 'hex'), decode('30010201', 'hex')
                        from (values (10, 7200), (60, 90000), (300, 694800), (3600, 694800)) as kept (span, seconds),
                            generate_series(0, ? - 1) pair,
                            lateral (select date_bin(make_interval(secs => span), now(), 'epoch')
                                         - i * make_interval(secs => span) as at
                                     from generate_series(0, seconds / span - 1) i) times
                        """).param(PAIRS).update();
        tables.add("ENQUEUED", WAITING);
        tables.add("SUCCEEDED", FINISHED);
        tables.jdbc.sql("analyze millrace_jobs.job_figures").update();
        // It cannot while somebody has an older snapshot, as Postgres itself at an analysis.
        await().until(() -> {
            tables.jdbc.sql("vacuum analyze millrace_jobs.jobrunr_jobs").update();
            return tables.jdbc.sql("""
                                   select relallvisible = relpages from pg_class
                                   where oid = 'millrace_jobs.jobrunr_jobs'::regclass
                                   """).query(Boolean.class).single();
        });
    }

    @AfterAll
    void close() {
        tables.close();
    }

    @Test
    void areOfFewRowsForTotals() {
        assertThat(read(() -> figures.byType(Duration.ofHours(1)))).as("some minutes, some five minutes, an hour")
                .isLessThanOrEqualTo(PAIRS * (4 + 12 + 1));
        assertThat(read(() -> figures.byQueue(Duration.ofDays(1)))).isLessThanOrEqualTo(PAIRS * (4 + 11 + 25));
        assertThat(read(() -> figures.byType(JobFigures.LONGEST))).isLessThanOrEqualTo(PAIRS * (11 + 8 * 24 + 1));
    }

    @Test
    void areOfThoseOfOneTypeOverTime() {
        assertThat(read(() -> figures.ofType("type1", Duration.ofDays(1), Duration.ofMinutes(15))))
                .isBetween(2.0 * 24 * 11, 2.0 * 24 * 12);
        assertThat(read(() -> figures.ofType("type1", Duration.ofHours(1), Duration.ofMinutes(1))))
                .isBetween(2.0 * 59, 2.0 * 60);
        assertThat(read(() -> figures.ofQueue("queue1", Duration.ofDays(8), Duration.ofHours(2))))
                .isBetween(PAIRS / 2.0 * 190, PAIRS / 2.0 * 192);
        assertThat(figures.ofType("type1", Duration.ofDays(1), Duration.ofMinutes(15)).getFirst().counts().enqueued())
                .as("three of each queue").isEqualTo(6);
    }

    @Test
    void areOfTheIndexAloneForWhatWaits() {
        var looks = new LookAtTypes(recorded, tables.schema);
        var look = recorder.during(looks::look).getLast();

        var scans = scans(plan(look, BY_INDEX), "jobrunr_jobs");

        assertThat(scans.stream().filter(scan -> rows(scan) >= WAITING)).singleElement().satisfies(scan -> {
            assertThat(scan.path("Node Type").asString()).isEqualTo("Index Only Scan");
            assertThat(scan.path("Index Name").asString()).isEqualTo("jobrunr_jobs_waiting_in_queue");
            assertThat(scan.path("Heap Fetches").asInt()).isZero();
        });
        assertThat(scans.stream().mapToDouble(FigurePlansTest::rows).sum()).isLessThanOrEqualTo(WAITING + 1_000 + 100);
    }

    private double read(Runnable asked) {
        var statement = recorder.during(asked).getLast();
        var scans = scans(plan(statement, ""), "job_figures");
        assertThat(scans)
                .allSatisfy(scan -> assertThat(scan.path("Node Type").asString()).matches("Index Scan|Bitmap.*"));
        return scans.stream().mapToDouble(FigurePlansTest::rows).sum();
    }

    private JsonNode plan(RecordedStatement statement, String options) {
        var url = recorder.realUrl() + (recorder.realUrl().contains("?") ? "&" : "?") + options;
        return JsonMapper.shared().readTree(statement.explain(url)).get(0).get("Plan");
    }

    private static double rows(JsonNode scan) {
        return (scan.path("Actual Rows").asDouble() + scan.path("Rows Removed by Filter").asDouble())
                * scan.path("Actual Loops").asDouble();
    }

    /** What a plan reads of the table. */
    private static List<JsonNode> scans(JsonNode plan, String table) {
        var found = new ArrayList<JsonNode>();
        if (plan.path("Relation Name").asString().equals(table)) {
            found.add(plan);
        }
        plan.path("Plans").forEach(part -> found.addAll(scans(part, table)));
        return found;
    }
}
