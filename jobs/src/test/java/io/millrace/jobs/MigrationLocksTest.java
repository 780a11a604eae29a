package io.millrace.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A migration beside a worker of the old version waits for it, and each of them comes to its end. */
class MigrationLocksTest {

    private static final String SCHEMA = "millrace_jobs";

    /** Where the lock on the table grew within the migration, each would wait for the other. */
    @ParameterizedTest
    @CsvSource({"15, 16", "16, 17", "17, 18", "18, 19", "19, 20", "20, 21"})
    void waitForAWorkerThatTakesJobs(String before, String version) throws Exception {
        var url = TestPostgres.newDatabase();
        flyway(url).target(before + "?").load().migrate();
        var jdbc = JdbcClient.create(TestPostgres.dataSource(url));
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt)
                values ('one', 1, '{}', 'x', 'ENQUEUED', now(), now())
                """)
                .update();
        try (var taking = TestPostgres.dataSource(url).getConnection()) {
            taking.setAutoCommit(false);
            var worker = JdbcClient.create(new SingleConnectionDataSource(taking, true));
            worker.sql("select id from millrace_jobs.jobrunr_jobs for update skip locked").query(String.class).list();

            var migration = CompletableFuture.supplyAsync(() -> flyway(url)
                    .target(MigrationVersion.fromVersion(version)).load().migrate().migrationsExecuted);
            await().atMost(Duration.ofMinutes(1)).until(() -> migration.isDone() || waitsForTheTable(jdbc));

            worker.sql("update millrace_jobs.jobrunr_jobs set state = 'PROCESSING', version = 2").update();
            taking.commit();
            assertThat(migration).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(1);
        }
        assertThat(jdbc.sql("select state from millrace_jobs.jobrunr_jobs").query(String.class).list())
                .containsExactly("PROCESSING");
    }

    private static boolean waitsForTheTable(JdbcClient jdbc) {
        return jdbc.sql("""
                        select exists (select from pg_locks where not granted
                                           and relation = 'millrace_jobs.jobrunr_jobs'::regclass)
                        """).query(Boolean.class).single();
    }

    private static FluentConfiguration flyway(String url) {
        return Flyway.configure().dataSource(TestPostgres.dataSource(url)).schemas(SCHEMA).defaultSchema(SCHEMA)
                .table("schema_history").locations("classpath:io/millrace/jobs/migration")
                .javaMigrations(JobsSchema.migrations());
    }
}
