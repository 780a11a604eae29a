package io.millrace.jobs.figures;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.StoreTables;
import io.millrace.jobs.figures.ClusterFigures.TypeStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

class LookAtTypesTest {

    private final StoreTables tables = new StoreTables();
    private final LookAtTypes types = new LookAtTypes(tables.database, tables.schema);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void countWhatWaitsAndRunsByTypeAndQueue() {
        tables.add("ENQUEUED", 5);
        change("update %s set type = 'paint' where id = any (array(select id from %1$s limit 2))");
        change("update %s set concurrencyKey = 'a', concurrencyLimit = 1 where id = (select min(id) from %1$s where type = 'paint')");
        change("update %s set queue = 'bulk' where id = (select min(id) from %1$s where type = 'ship-order')");
        tables.add("PROCESSING", 3);
        change("update %s set type = null where id = (select max(id) from %1$s where state = 'PROCESSING')");
        tables.add("SUCCEEDED", 4);
        tables.add("SCHEDULED", 4);

        assertThat(types.look())
                .extracting(TypeStatus::type, TypeStatus::queue, TypeStatus::waiting, TypeStatus::running)
                .containsExactly(tuple("paint", "default", 2L, 0L),
                        tuple("ship-order", "bulk", 1L, 0L),
                        tuple("ship-order", "default", 2L, 2L),
                        tuple("unknown", "default", 0L, 1L));
    }

    @Test
    void saysHowLongTheOldestOfEachHasWaited() {
        tables.add("ENQUEUED", 2_000);
        tables.add("ENQUEUED", 1);
        change("update %s set type = 'paint', priority = 1000, updatedAt = now() at time zone 'UTC' - interval '1 minute'"
                + " where id = (select max(id) from %1$s)");
        tables.add("PROCESSING", 1);
        change("update %s set type = 'print' where state = 'PROCESSING'");

        var found = types.look();

        assertThat(found).extracting(TypeStatus::type).containsExactly("paint", "print", "ship-order");
        assertThat(found.getFirst().oldestAge()).as("among the next of its queue").isBetween(Duration.ofMinutes(1),
                Duration.ofMinutes(10));
        assertThat(found.get(1).oldestAge()).isNull();
        assertThat(found.getLast().oldestAge()).isBetween(Duration.ofHours(1), Duration.ofMinutes(70));
    }

    @Test
    void isEmptyWhereNothingIs() {
        tables.add("SUCCEEDED", 1);

        assertThat(types.look()).isEmpty();
    }

    private void change(String sql) {
        tables.jdbc.sql(sql.formatted("millrace_jobs.jobrunr_jobs")).update();
    }
}
