package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** However much has expired, a turn ends, and so does what waits for it. */
final class HousekeepingTest {

    private final StoreTables tables = new StoreTables();
    private final JobsProperties settings = new JobsProperties("millrace_jobs", List.of(), Duration.ofHours(1),
            Duration.ofHours(1), false, Map.of());
    private final KeySweep keys = new KeySweep(tables.database, tables.schema, settings);
    private final Turns twoBatches = TurnsTest.ofBatchesThatTake(Duration.ofMillis(1_100));

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void takesATurnAtResults() {
        fill("job_results (job_id, type, result, expires_at)", "gen_random_uuid(), 'ship-order', '{}', now()", 2_500);
        fill("job_results (job_id, type, result, expires_at)",
                "gen_random_uuid(), 'ship-order', '{}', now() + interval '1 hour'", 3);
        var results = new PostgresJobResults(tables.database, tables.database, tables.schema,
                new JobTypes(List.of("io.millrace.nothing"), settings), new JobsAutoConfiguration.NoCache(),
                Clock.systemUTC());

        assertThat(results.deleteExpired(twoBatches)).isEqualTo(new Turns.Turn(2_000, false));
        assertThat(results.deleteExpired(twoBatches)).isEqualTo(new Turns.Turn(500, true));
        assertThat(count("job_results")).isEqualTo(3);
    }

    @Test
    void takesATurnAtIdempotencyKeys() {
        fill("job_idempotency_keys (key, request, job_id, expires_at)", "'key ' || i, '', gen_random_uuid(), now()",
                2_500);

        assertThat(keys.sweepIdempotencyKeys(twoBatches)).isEqualTo(new Turns.Turn(2_000, false));
        assertThat(keys.sweepIdempotencyKeys(twoBatches)).isEqualTo(new Turns.Turn(500, true));
        assertThat(count("job_idempotency_keys")).isZero();
    }

    @Test
    void takesATurnAtUniqueKeys() {
        fill("job_unique_keys (type, key, job_id, scope, taken_at, sweep_at)",
                "'ship-order', 'key ' || i, gen_random_uuid(), 'WHILE_WAITING', now(), now()", 1_300);

        assertThat(keys.sweepUniqueKeys(twoBatches)).isEqualTo(new Turns.Turn(1_000, false));
        assertThat(keys.sweepUniqueKeys(twoBatches)).isEqualTo(new Turns.Turn(300, true));
        assertThat(count("job_unique_keys")).isZero();
    }

    private void fill(String table, String values, int rows) {
        tables.jdbc.sql("insert into millrace_jobs.%s select %s from generate_series(1, %d) i".formatted(table, values,
                rows)).update();
    }

    private long count(String table) {
        return tables.jdbc.sql("select count(*) from millrace_jobs." + table).query(Long.class).single();
    }
}
