package io.millrace.jobs;

import org.jobrunr.storage.sql.common.migrations.SqlMigration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobsSchemaTest {

    @Test
    void coversEveryMigrationThatJobRunrBrings() {
        assertThat(JobRunrTables.jobRunrMigrations()).extracting(SqlMigration::getFileName).as(
                "JobRunr brings a migration that no Flyway migration runs: add one after V1 that runs those after %s",
                JobRunrTables.LAST).hasSize(17).allMatch(name -> name.compareTo(JobRunrTables.LAST) <= 0);
    }
}
