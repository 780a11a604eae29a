package io.millrace.jobs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
import io.millrace.testkit.RecordedStatement;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What the listing's statements read of two hundred thousand jobs. */
@Tag("long")
@TestInstance(Lifecycle.PER_CLASS)
class JobListingPlanTest {

    private static final int JOBS = 200_000;

    private final StatementRecorder recorder = StatementRecorder.of(TestPostgres.newDatabase());
    private final ConfigurableApplicationContext node = new SpringApplicationBuilder(ShopApplication.class)
            .web(WebApplicationType.NONE)
            .properties("spring.datasource.url=" + recorder.jdbcUrl(),
                    "spring.datasource.driver-class-name=" + RecordingDriver.class.getName())
            .run();
    private final JobListing listing = node.getBean(JobListing.class);
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(recorder.realUrl()));

    /**
     * One of a hundred thousand is FAILED and labelled, ten times as many are of a type of their own. Ten thousand of the oldest are
     * labelled, and as many wait in a queue of their own, while twenty thousand others wait in the middle. One in a hundred has a label
     * that none of a type has of which there is one in each third stretch. Their ids say their places, as those of {@link JobIds} do.
     */
    @BeforeAll
    void fill() {
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type,
                                                        queue, labels, placedById)
                select left(millis, 8) || '-' || right(millis, 4) || '-7000-8000-' || lpad(i::text, 12, '0'), 1, repeat('x', 300), 'x',
                       case when i % 100000 = 7 then 'FAILED'
                           when i <= 20000 and i % 2 = 0 or i between 80001 and 120000 and i % 2 = 0 then 'ENQUEUED'
                           else 'SUCCEEDED' end,
                       '2026-01-01'::timestamp + i * interval '1 ms', now(),
                       case when i % 10000 = 8 then 'rare' when i % 6144 = 0 then 'apart' else 'usual' end,
                       case when i <= 20000 and i % 2 = 0 then 'held' else 'default' end,
                       case when i % 100000 = 7 then array['rare'] when i % 2 = 0 then array['usual']
                           when i <= 20000 then array['old'] when i % 100 = 1 then array['thin'] end,
                       true
                from (select i, lpad(to_hex(extract(epoch from timestamp '2026-01-01')::bigint * 1000 + i), 12, '0') as millis
                      from generate_series(1, ?) i) numbered
                """)
                .param(JOBS).update();
        jdbc.sql("vacuum analyze millrace_jobs.jobrunr_jobs").update();
    }

    @AfterAll
    void close() {
        node.close();
    }

    @Test
    void isOneRangeOfTheIndexWhereAllIsAskedFor() {
        var second = listing.page(JobFilter.ALL, null, 100).next();

        assertThat(rowsRead(() -> listing.page(JobFilter.ALL, second, 100))).isLessThan(1_000);
    }

    /** Nearly all ids that callers make at random stand for times that are far off. */
    @Test
    void isNoLongWayThroughIdsThatCallersMadeAtRandom() {
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type, queue)
                select gen_random_uuid(), 1, repeat('x', 300), 'x', 'DELETED', '2025-01-01'::timestamp + i * interval '1 ms', now(),
                       'usual', 'default'
                from generate_series(1, ?) i
                """)
                .param(JOBS).update();
        try {
            assertThat(rowsRead(() -> found(JobFilter.ALL, 100))).isLessThan(1_300);
            assertThat(
                    rowsRead(() -> found(JobFilter.ALL.withCreatedBefore(Instant.parse("2025-01-01T00:00:01Z")), 100)))
                    .isLessThan(1_300);
        } finally {
            jdbc.sql("delete from millrace_jobs.jobrunr_jobs where state = 'DELETED'").update();
        }
    }

    @Test
    void looksAtTheNewestAloneForWhatNearlyAllAre() {
        assertThat(rowsRead(() -> found(JobFilter.ALL.withState(State.SUCCEEDED).withType("usual"), 100)))
                .isLessThan(1_000);
        assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("usual"), 100))).isLessThan(1_000);
    }

    @Test
    void findsFewByTheirIndexAndNotOnTheWay() {
        assertThat(rowsRead(() -> found(JobFilter.ALL.withState(State.FAILED), 2))).isLessThan(1_000);
        assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("rare"), 2))).isLessThan(1_000);
        assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("nobody's"), 0))).isLessThan(1_000);
    }

    /** After some looks on the way there, which come to less than forty thousand rows; the whole way is four times as long. */
    @Test
    void findsTenThousandFarDownByTheirIndex() {
        assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("old"), 100))).isBetween(36_000.0, 80_000.0);
        assertThat(rowsRead(() -> found(JobFilter.ALL.withState(State.ENQUEUED).withQueue("held"), 100)))
                .isBetween(36_000.0, 80_000.0);
    }

    @Test
    void goesAllTheWayInLooksOfAFewThousandForATypeThatIsRare() {
        var found = new ArrayList<JobStatus>();
        var statements = recorder.during(() -> found.addAll(throughAllPages(JobFilter.ALL.withType("rare"))));

        assertThat(found).hasSize(20);

        assertThat(statements.stream().mapToDouble(this::rowsRead)).allMatch(rows -> rows < 40_000);
    }

    /** Of a hundred stretches twenty have one of the rare type; those of the queue and the label are the oldest. Nobody counts how many have a label that is passed over. */
    @Test
    void looksOnlyWhereThereAreSomeOnceThatIsKnown() {
        zoned(() -> {
            var rare = JobFilter.ALL.withType("rare");
            assertThat(rowsRead(() -> assertThat(throughAllPages(rare)).hasSize(20))).isLessThan(80_000);
            assertThat(rowsRead(() -> found(JobFilter.ALL.withType("nobody's"), 0))).isLessThan(10_000);
            assertThat(rowsRead(() -> found(JobFilter.ALL.withQueue("held"), 100))).isLessThan(10_000);
            assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("old"), 100))).isLessThan(10_000);
            assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("usual").withType("nobody's"), 0)))
                    .isLessThan(10_000);
        });
    }

    @Test
    void findsByAnIndexWhatFewHaveOrWhatStretchesLeadToInVain() {
        zoned(() -> {
            assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("rare"), 2))).isLessThan(1_000);
            assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("nobody's"), 0))).isLessThan(1_000);
            assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("thin").withType("apart"), 0)))
                    .isLessThan(75_000);
        });
    }

    /** As where each job has a label of its own, or those that are asked for have just come. */
    @Test
    void findsByItsIndexALabelOfWhichStretchesSayNothing() {
        zoned(() -> {
            jdbc.sql("update millrace_jobs.job_zones set labels = null").update();
            assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("rare"), 2))).isLessThan(1_000);
            assertThat(rowsRead(() -> found(JobFilter.ALL.withLabel("old"), 100))).isBetween(36_000.0, 80_000.0);
        });
    }

    private void zoned(Runnable test) {
        mapZones();
        try {
            test.run();
        } finally {
            jdbc.sql("truncate millrace_jobs.job_zones").update();
            jdbc.sql("update millrace_jobs.job_zones_upto set upto = null, all_before = null, transaction = null")
                    .update();
        }
    }

    /** As if all transactions of now were over for ten minutes. */
    private void mapZones() {
        jdbc.sql("truncate millrace_jobs.job_zone_strays").update();
        jdbc.sql("""
                 update millrace_jobs.job_zones_upto
                 set all_before = now() at time zone 'UTC' - interval '10 minutes', transaction = '3'
                 """).update();
        Turns.Turn turn;
        do {
            turn = node.getBean(MapZones.class).map(Turns.REAL);
        } while (!turn.done());
    }

    private List<JobStatus> throughAllPages(JobFilter filter) {
        var page = listing.page(filter, null, 100);
        var found = new ArrayList<>(page.jobs());
        while (page.next() != null) {
            page = listing.page(filter, page.next(), 100);
            found.addAll(page.jobs());
        }
        return found;
    }

    /** Rows that cannot be read are listed by their columns. */
    private void found(JobFilter filter, int jobs) {
        assertThat(listing.page(filter, null, 100).jobs()).hasSize(jobs);
    }

    private double rowsRead(Runnable asking) {
        return recorder.during(asking).stream().mapToDouble(this::rowsRead).sum();
    }

    private double rowsRead(RecordedStatement statement) {
        if (!statement.sql().contains("jobrunr_jobs")) {
            return 0;
        }
        var plan = JsonMapper.shared().readTree(statement.explain(recorder.realUrl())).get(0).get("Plan");
        return scans(plan).stream().mapToDouble(scan -> (scan.path("Actual Rows").asDouble()
                + scan.path("Rows Removed by Filter").asDouble()) * scan.path("Actual Loops").asDouble()).sum();
    }

    private static List<JsonNode> scans(JsonNode plan) {
        var found = new ArrayList<JsonNode>();
        if (plan.path("Relation Name").asString().equals("jobrunr_jobs")) {
            found.add(plan);
        }
        plan.path("Plans").forEach(part -> found.addAll(scans(part)));
        return found;
    }
}
