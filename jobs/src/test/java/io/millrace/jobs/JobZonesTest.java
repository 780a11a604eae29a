package io.millrace.jobs;

import java.sql.Connection;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Searches find the same with stretches as without them, whatever came when. */
class JobZonesTest {

    private static final int JOBS = 5 * WriteZones.JOBS;

    private final StoreTables tables = new StoreTables();
    private final MapZones map = new MapZones(tables.database, tables.schema);
    private final JobListing listing = new JobListing(tables.database, tables.schema, tables.store);
    private final JobZones zones = new JobZones(tables.schema);

    @AfterEach
    void close() {
        tables.close();
    }

    static Stream<JobFilter> filters() {
        return Stream.of(JobFilter.ALL.withType("rare"), JobFilter.ALL.withType("nobody's"),
                JobFilter.ALL.withType("usual").withQueue("slow"), JobFilter.ALL.withQueue("slow").withLabel("old"),
                JobFilter.ALL.withLabel("old"), JobFilter.ALL.withLabel("odd"),
                JobFilter.ALL.withType("rare").withState(JobStatus.State.ENQUEUED));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void hideNothingThatFits(JobFilter filter) {
        fill();
        var all = ids(filter);

        mapAll();

        assertThat(count("job_zones")).isEqualTo(JOBS / WriteZones.JOBS - 1);
        assertThat(ids(filter)).isEqualTo(all);
        assertThat(skipped(filter)).isPositive();
    }

    @Test
    void takeASearchPastAllThatHaveNoneOfWhatItLooksFor() {
        fill();
        mapAll();
        var newest = place("select max(ends) - interval '1 microsecond' from millrace_jobs.job_zones");

        assertThat(skip(JobFilter.ALL.withType("nobody's"), newest))
                .isEqualTo(place("select min(begins) from millrace_jobs.job_zones"));
        assertThat(skip(JobFilter.ALL.withLabel("old"), newest))
                .isEqualTo(place("select ends from millrace_jobs.job_zones order by begins limit 1"));
        assertThat(skip(JobFilter.ALL.withType("usual"), newest)).isEqualTo(newest);
        assertThat(skip(JobFilter.ALL.withType("nobody's"), LookForJobs.START)).isEqualTo(LookForJobs.START);
    }

    /** They are in none, and a look may end among them. */
    @Test
    void sayNothingOfTheJobsOfTheMicrosecondAtWhichTheLastOneEnds() {
        fill();
        tables.jdbc.sql(
                """
                update millrace_jobs.jobrunr_jobs
                set createdAt = '2026-01-01 00:00:20', placedById = null, id = lpad(to_hex(i), 8, '0') || substr(id, 9),
                    type = case when i = 1 then 'late' else type end
                from (select id as of, row_number() over (order by createdAt) as i from millrace_jobs.jobrunr_jobs
                      where createdAt >= (timestamp '2026-01-01' + %d * interval '1 ms')) last
                where id = of
                """.formatted(4 * WriteZones.JOBS + 1)).update();
        tables.jdbc.sql("delete from millrace_jobs.job_zone_strays").update();

        mapAll();

        assertThat(place("select max(ends) from millrace_jobs.job_zones").createdAt())
                .isEqualTo("2026-01-01T00:00:20Z");
        assertThat(ids(JobFilter.ALL.withType("late"))).hasSize(1);
    }

    @Test
    void areAddedToByWhatComesLate() {
        fill();
        mapAll();
        var late = List.of(JobFilter.ALL.withType("late"), JobFilter.ALL.withQueue("of the late"),
                JobFilter.ALL.withLabel("lately"), JobFilter.ALL.withType("later").withQueue("default"));

        insert("late", "of the late", "array['lately']", "'2026-01-01 00:00:03'");
        insert("later", "default", "null", "'2026-01-01 00:00:03'");
        insert("late", "of the late", "array['lately']", "'2025-01-01'");

        assertThat(count("job_zone_strays")).isEqualTo(3);
        assertThat(late).allSatisfy(filter -> assertThat(skipped(filter)).isPositive());
        assertThat(ids(late.getFirst())).hasSize(2);
        mapAll();
        assertThat(count("job_zone_strays")).isZero();
        assertThat(late).allSatisfy(filter -> assertThat(skipped(filter)).isPositive());
        assertThat(ids(late.getFirst())).hasSize(2);
        assertThat(count("job_zones where types @> array['late', 'later'] and queues @> array['of the late']"
                + " and 'lately' = any (labels)")).isOne();
    }

    @Test
    void areAddedToByWhatIsChanged() {
        fill();
        mapAll();
        var id = ids(JobFilter.ALL.withLabel("odd")).getFirst();

        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set queue = 'another' where id = ?::bpchar")
                .param(id.toString()).update();

        var another = JobFilter.ALL.withQueue("another");
        assertThat(skipped(another)).isPositive();
        assertThat(ids(another)).containsExactly(id);
        mapAll();
        assertThat(skipped(another)).isPositive();
        assertThat(ids(another)).containsExactly(id);
    }

    @Test
    void areNotTouchedByWhatJobsGoThrough() {
        insert("usual", "default", "null", "now() at time zone 'UTC' - interval '4 minutes'");
        assertThat(count("job_zone_strays")).isZero();
        insert("usual", "default", "null", "now() at time zone 'UTC' - interval '6 minutes'");
        assertThat(count("job_zone_strays")).isOne();

        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'PROCESSING', version = 2, queue = queue")
                .update();

        assertThat(count("job_zone_strays")).isOne();
    }

    /** Its job would stand in a stretch that says there is none of its type. */
    @Test
    void waitForTransactionsThatMayYetCommit() throws Exception {
        fill();
        try (var connection = tables.database.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, "late");
            tables.jdbc
                    .sql("""
                         insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type)
                         select gen_random_uuid(), 1, 'x', 'x', 'SUCCEEDED', now() at time zone 'UTC' + i * interval '1 us', now(), 'usual'
                         from generate_series(1, %d) i
                         """.formatted(
                            2 * WriteZones.JOBS))
                    .update();
            map.map(Turns.REAL);
            tables.jdbc.sql("update millrace_jobs.job_zones_upto set all_before = now() at time zone 'UTC'").update();

            map.map(Turns.REAL);
            assertThat(count("job_zones")).isZero();

            connection.commit();
        }
        await().untilAsserted(() -> {
            map.map(Turns.REAL);
            assertThat(count("job_zones where 'late' = any (types)")).isOne();
        });
        assertThat(skipped(JobFilter.ALL.withType("late"))).isPositive();
    }

    @Test
    void goWhenTheirJobsHaveGone() {
        fill();
        mapAll();
        long before = count("job_zones");

        tables.jdbc.sql("delete from millrace_jobs.jobrunr_jobs where createdAt < '2026-01-01 00:00:05'").update();
        mapAll();

        assertThat(count("job_zones")).isEqualTo(before - 2);
        assertThat(ids(JobFilter.ALL.withLabel("odd"))).hasSize(1);
    }

    @Test
    void goOnOnAServerThatWasMadeFromABackup() {
        fill();
        tables.jdbc.sql("update millrace_jobs.job_zones_upto set all_before = now(), transaction = '9000000000'")
                .update();

        map.map(Turns.REAL);
        mapAll();

        assertThat(count("job_zones")).isPositive();
    }

    @Test
    void sayNothingOfMoreNamesThanAFew() {
        fill();
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set type = 'type ' || right(id, 3)").update();
        mapAll();

        assertThat(count("job_zones where types is null")).isEqualTo(count("job_zones"));
        assertThat(ids(JobFilter.ALL.withType("type 018"))).hasSizeGreaterThan(1);
        insert("late", "default", "null", "'2026-01-01 00:00:03'");
        mapAll();
        assertThat(count("job_zones where types is null")).isEqualTo(count("job_zones"));
        assertThat(ids(JobFilter.ALL.withType("late"))).hasSize(1);
    }

    @Test
    void mayBeOfMoreJobsOfOneMicrosecondThanAreLookedAtAtOnce() {
        fill();
        tables.jdbc
                .sql("""
                     insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type, queue)
                     select gen_random_uuid(), 1, 'x', 'x', 'SUCCEEDED', '2025-12-31', now(), 'many', 'default'
                     from generate_series(1, 40000)
                     """)
                .update();
        mapAll();

        assertThat(count("job_zones where 'many' = any (types)")).isOne();
        assertThat(count("job_zones")).isGreaterThan(3);
        assertThat(ids(JobFilter.ALL.withType("rare"))).hasSize(2);
    }

    @Test
    void areWrittenByOneNodeAtATime() throws Exception {
        fill();
        try (var connection = tables.database.getConnection(); var lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("select from millrace_jobs.job_zones_upto for update");

            assertThat(map.map(Turns.REAL)).isEqualTo(new Turns.Turn(0, true));
            connection.rollback();
        }
    }

    /**
     * Of each two jobs one's id says its place. Two are of a rare type, three in a queue of their own, an eighth of the oldest ones is
     * labelled, and one in the middle.
     */
    private void fill() {
        tables.jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type,
                                                        queue, labels, placedById)
                select case when i %% 2 = 0 then left(millis, 8) || '-' || right(millis, 4) || '-7000-8000-' || lpad(i::text, 12, '0')
                           else gen_random_uuid()::text end,
                       1, 'x', 'x', 'SUCCEEDED', '2026-01-01'::timestamp + i * interval '1 ms', now(),
                       case when i in (3000, 7001) then 'rare' else 'usual' end,
                       case when i in (1001, 5000, 10001) then 'slow' else 'default' end,
                       case when i < 1500 and i %% 8 = 1 then array['old', 'odd ones'] when i = 5002 then array['odd'] end,
                       case when i %% 2 = 0 then true end
                from (select i, lpad(to_hex(extract(epoch from timestamp '2026-01-01')::bigint * 1000 + i), 12, '0') as millis
                      from generate_series(1, %d) i) numbered
                """
                        .formatted(JOBS))
                .update();
        tables.jdbc.sql("delete from millrace_jobs.job_zone_strays").update();
    }

    /** As if all transactions of now were over for ten minutes. */
    private void mapAll() {
        tables.jdbc.sql("""
                        update millrace_jobs.job_zones_upto
                        set all_before = now() at time zone 'UTC' - interval '10 minutes', transaction = '3'
                        """).update();
        assertThat(map.map(Turns.REAL).done()).isTrue();
    }

    private UUID insert(String type, String queue, String labels, String createdAt) {
        return UUID.fromString(tables.jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type, queue, labels)
                values (gen_random_uuid(), 1, 'x', 'x', 'SUCCEEDED', %s, now(), ?, ?, %s) returning id
                """
                        .formatted(createdAt, labels))
                .param(type).param(queue).query(String.class).single());
    }

    private static void insert(Connection connection, String type) throws Exception {
        try (var insert = connection.prepareStatement(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type, queue)
                values (gen_random_uuid(), 1, 'x', 'x', 'SUCCEEDED', now() at time zone 'UTC', now(), ?, 'default')
                """)) {
            insert.setString(1, type);
            insert.executeUpdate();
        }
    }

    /** Of all pages of two. */
    private List<UUID> ids(JobFilter filter) {
        var ids = new ArrayList<UUID>();
        JobPage.@Nullable Place next = null;
        do {
            var page = listing.page(filter, next, 2);
            page.jobs().forEach(job -> ids.add(job.id()));
            next = page.next();
        } while (next != null);
        return ids;
    }

    /** From how many places something is passed over, never anything that fits. */
    private int skipped(JobFilter filter) {
        var conditions = new JobConditions(filter, List.of());
        int skipped = 0;
        for (int i = 0; i < JOBS; i += 97) {
            var from = place("select timestamp '2026-01-01' + %d * interval '1 ms'".formatted(i));
            var newest = tables.jdbc
                    .sql("select max(createdAt) from millrace_jobs.jobrunr_jobs where createdAt < :place %s"
                            .formatted(conditions.ofRows()))
                    .params(conditions.parameters()).param("place", JobConditions.utc(from.createdAt()))
                    .query((row, number) -> row.getObject(1, LocalDateTime.class)).list().getFirst();
            var to = skip(filter, from);
            if (newest != null) {
                assertThat(to.createdAt()).isAfter(newest.toInstant(ZoneOffset.UTC));
            }
            skipped += to.equals(from) ? 0 : 1;
        }
        return skipped;
    }

    private JobPage.Place skip(JobFilter filter, JobPage.Place place) {
        return zones.skip(tables.jdbc, new JobConditions(filter, List.of()), place);
    }

    private JobPage.Place place(String sql) {
        var time = tables.jdbc.sql(sql).query(LocalDateTime.class).single();
        return new JobPage.Place(time.toInstant(ZoneOffset.UTC), new UUID(0, 0));
    }

    private long count(String rows) {
        return tables.jdbc.sql("select count(*) from millrace_jobs." + rows).query(Long.class).single();
    }
}
