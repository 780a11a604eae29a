package io.millrace.jobs;

import java.sql.SQLException;
import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The engine's tables in a Postgres schema of their own, with a migration history of their own, so that an application's
 * tables and history stay its own. Processes that start together wait for one another; only one migrates. Public for the
 * engine's other packages alone.
 */
public final class JobsSchema {

    /** What it is built and tested on; an older one lacks functions that its SQL calls. */
    static final int OLDEST_POSTGRES = 18;

    private final String name;

    JobsSchema(DataSource dataSource, String name) {
        this.name = name;
        requirePostgres(OLDEST_POSTGRES, dataSource);
        requireUsableName(name, dataSource);
        Flyway.configure().dataSource(new UntimedConnections(dataSource)).schemas(name).defaultSchema(name)
                .table("schema_history")
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

    /** The name stands unquoted in all SQL, JobRunr's too, and Postgres looks into a schema of the user's name before all others. */
    private static void requireUsableName(String name, DataSource dataSource) {
        var jdbc = JdbcClient.create(dataSource);
        if (jdbc.sql("select quote_ident(?) <> ?").params(name, name).query(Boolean.class).single()) {
            throw unusable(name, "a word that Postgres takes for something else");
        }
        if (jdbc.sql("select current_user = ?").param(name).query(Boolean.class).single()) {
            throw unusable(name, "the database user's name: an application's own tables would be looked for in it");
        }
    }

    private static CannotStart unusable(String name, String why) {
        return new CannotStart("millrace.jobs.schema is " + name + ", which is " + why + ".",
                "Choose another name, such as millrace_jobs.", null);
    }

    static JavaMigration[] migrations() {
        return new JavaMigration[]{new JobRunrTables()};
    }

    /** What JobRunr calls its table prefix: it stands before the names of the tables. */
    public String prefix() {
        return name + ".";
    }

    String name() {
        return name;
    }
}
