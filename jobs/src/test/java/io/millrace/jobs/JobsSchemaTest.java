package io.millrace.jobs;

import org.jobrunr.storage.sql.common.migrations.SqlMigration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobsSchemaTest {

    @Test
    void coversEveryMigrationThatJobRunrBrings() {
        assertThat(JobRunrTables.jobRunrMigrations()).extracting(SqlMigration::getFileName).as(
                "JobRunr brings a migration that no Flyway migration runs: add one after V1 that runs those after %s",
                JobRunrTables.LAST).hasSize(17).allMatch(name -> name.compareTo(JobRunrTables.LAST) <= 0);
    }

    @Test
    void refusesAServerOlderThanItNeeds() {
        var database = new DriverManagerDataSource(TestPostgres.newDatabase());

        assertThatCode(() -> JobsSchema.requirePostgres(JobsSchema.OLDEST_POSTGRES, database))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(CannotStart.class).isThrownBy(() -> JobsSchema.requirePostgres(99, database))
                .withMessage("The database is Postgres 18, and Millrace needs Postgres 99 or newer.");
    }
}
