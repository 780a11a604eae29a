package io.millrace.jobs;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The engine's tables in a Postgres schema of their own, with a migration history of their own, so that an application's
 * tables and history stay its own. Processes that start together wait for one another; only one migrates.
 */
final class JobsSchema {

    private final String name;

    JobsSchema(DataSource dataSource, String name) {
        this.name = name;
        Flyway.configure().dataSource(dataSource).schemas(name).defaultSchema(name).table("schema_history")
                .locations("classpath:io/millrace/jobs/migration").javaMigrations(migrations()).load().migrate();
    }

    static JavaMigration[] migrations() {
        return new JavaMigration[]{new JobRunrTables()};
    }

    /** What JobRunr calls its table prefix. */
    String prefix() {
        return name + ".";
    }

    String name() {
        return name;
    }
}
