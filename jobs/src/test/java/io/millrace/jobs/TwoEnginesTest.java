package io.millrace.jobs;

import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.PlaceOrder;
import io.millrace.jobs.sample.ShipOrderHandler;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Two engines in one database, each in a schema of its own name, and the application's tables in a third. */
class TwoEnginesTest {

    @Test
    void knowNothingOfEachOtherAndLeaveTheApplicationsSchemaToIt() {
        var database = TestPostgres.newDatabase();
        var jdbc = JdbcClient.create(TestPostgres.dataSource(database));
        jdbc.sql("create schema shop").update();
        try (var north = engine(database, "north_jobs"); var south = engine(database, "south_jobs")) {
            var ordered = north.getBean(PlaceOrder.class).place(1, "somewhere");
            var refused = south.getBean(PlaceOrder.class).place(2, "no such street");
            awaits(north, ordered, State.SUCCEEDED);
            awaits(south, refused, State.FAILED);

            assertThat(north.getBean(JobQueue.class).find(refused)).isEmpty();
            assertThat(south.getBean(JobQueue.class).find(ordered)).isEmpty();
            assertThat(north.getBean(ShipOrderHandler.class).handled()).containsExactly(1);
            assertThat(south.getBean(ShipOrderHandler.class).handled()).containsExactly(2);
            assertThat(counts(north)).containsExactly(1L, 0L, 1L);
            assertThat(counts(south)).containsExactly(0L, 1L, 1L);
        }
        assertThat(tables(jdbc, "shop")).contains("orders").doesNotContainAnyElementsOf(tables(jdbc, "north_jobs"));
        assertThat(tables(jdbc, "public")).isEmpty();
        assertThat(tables(jdbc, "north_jobs")).contains("jobrunr_jobs", "job_results", "schema_history")
                .isEqualTo(tables(jdbc, "south_jobs"));
        assertThat(schemas(jdbc)).containsExactly("north_jobs", "public", "shop", "south_jobs");
    }

    private static ConfigurableApplicationContext engine(String database, String schema) {
        return new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database + "&currentSchema=shop",
                        "millrace.jobs.schema=" + schema, "millrace.jobs.worker.enabled=true")
                .run();
    }

    private static void awaits(ConfigurableApplicationContext engine, java.util.UUID job, State state) {
        Awaitility.await()
                .until(() -> engine.getBean(JobQueue.class).find(job).orElseThrow().state() == state);
    }

    private static List<Long> counts(ConfigurableApplicationContext engine) {
        var stats = engine.getBean(JobStore.class).getJobStats();
        return List.of(stats.getSucceeded(), stats.getFailed(), stats.getTotal());
    }

    private static List<@Nullable String> tables(JdbcClient jdbc, String schema) {
        return jdbc.sql("select table_name from information_schema.tables where table_schema = ? order by 1")
                .param(schema).query(String.class).list();
    }

    private static List<@Nullable String> schemas(JdbcClient jdbc) {
        return jdbc.sql("""
                        select nspname from pg_namespace
                        where nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1
                        """).query(String.class).list();
    }
}
