package io.millrace.jobs;

import java.util.List;

import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.common.migrations.SqlMigration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobsSchemaTest {

    @Test
    void coversEveryMigrationThatJobRunrBrings() {
        assertThat(JobRunrTables.jobRunrMigrations()).as(
                "JobRunr brings a migration that no Flyway migration runs: add one after V1 that runs those after %s",
                JobRunrTables.LAST).hasSize(17).allMatch(JobRunrTables::covers);
    }

    @Test
    void saysWhenAnUpgradeOfJobRunrBringsOneMore() {
        var next = new SqlMigration() {

            @Override
            public String getFileName() {
                return "v017__add_what_nobody_knows_yet.sql";
            }

            @Override
            public String getMigrationSql() {
                return "alter table jobrunr_jobs add column unknown text";
            }
        };

        assertThat(JobRunrTables.covers(next)).isFalse();
    }

    @Test
    void holdsWhateverJobRunrWouldMakeItself() {
        var database = TestPostgres.dataSource(TestPostgres.newDatabase());
        var jdbc = JdbcClient.create(database);
        jdbc.sql("create schema theirs").update();
        new PostgresStorageProvider(database, "theirs.", DatabaseOptions.CREATE).close();

        new JobsSchema(database, "ours");

        assertThat(scripts(jdbc, "theirs")).isNotEmpty().isEqualTo(scripts(jdbc, "ours"));
        assertThat(columns(jdbc, "theirs")).hasSizeGreaterThanOrEqualTo(50).isSubsetOf(columns(jdbc, "ours"));
    }

    private static List<@Nullable String> scripts(JdbcClient jdbc, String schema) {
        return jdbc.sql("select script from %s.jobrunr_migrations order by 1".formatted(schema)).query(String.class)
                .list();
    }

    /** Of tables and views; ours may have more. */
    private static List<@Nullable String> columns(JdbcClient jdbc, String schema) {
        return jdbc.sql("""
                        select concat_ws(' ', table_name, column_name, data_type, character_maximum_length,
                                         is_nullable, column_default)
                        from information_schema.columns where table_schema = ?
                        """).param(schema).query(String.class).list();
    }

    @Test
    void refusesAServerOlderThanItNeeds() {
        var database = new DriverManagerDataSource(TestPostgres.newDatabase());

        assertThatCode(() -> JobsSchema.requirePostgres(JobsSchema.OLDEST_POSTGRES, database))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> JobsSchema.requirePostgres(99, database))
                .withMessage("The database is Postgres 18, and Millrace needs Postgres 99 or newer.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "user", "between"})
    void refusesANameThatIsAWordOfPostgres(String name) {
        var database = new DriverManagerDataSource(TestPostgres.newDatabase());

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> new JobsSchema(database, name))
                .withMessageContaining("millrace.jobs.schema is " + name + ", which is a word that Postgres takes");
    }

    @Test
    void refusesTheNameOfTheDatabaseUser() {
        var database = new DriverManagerDataSource(TestPostgres.newDatabase());
        var user = JdbcClient.create(database).sql("select current_user").query(String.class).single();

        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> new JobsSchema(database, user))
                .withMessageContaining("millrace.jobs.schema is " + user + ", which is the database user's name");
    }
}
