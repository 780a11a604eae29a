package io.millrace.jobs;

import java.sql.Connection;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When stretches are written down, and what is. */
class MapZonesTest extends ZonedJobs {

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
}
