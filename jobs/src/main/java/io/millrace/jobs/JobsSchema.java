package io.millrace.jobs;

import java.sql.SQLException;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * The engine's tables in a Postgres schema of their own, with a migration history of their own, so that an application's
 * tables and history stay its own. Processes that start together wait for one another; only one migrates.
 */
final class JobsSchema {

    /** What it is built and tested on; an older one lacks functions that its SQL calls. */
    static final int OLDEST_POSTGRES = 18;

    private final String name;

    JobsSchema(DataSource dataSource, String name) {
        this.name = name;
        requirePostgres(OLDEST_POSTGRES, dataSource);
        Flyway.configure().dataSource(dataSource).schemas(name).defaultSchema(name).table("schema_history")
                .locations("classpath:io/millrace/jobs/migration").javaMigrations(migrations()).load().migrate();
    }

    /**
     * Looks at the server's version, before anything is written there.
     *
     * @throws CannotStart
     *             if it is older
     */
    static void requirePostgres(int oldest, DataSource dataSource) {
        try (var connection = dataSource.getConnection()) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < oldest) {
                throw new CannotStart("The database is Postgres " + major + ", and Millrace needs Postgres " + oldest
                        + " or newer.", "Upgrade it, or set SPRING_DATASOURCE_URL to another one.", null);
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("the database's version cannot be read", e);
        }
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
