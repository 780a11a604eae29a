package io.millrace.jobs;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jobrunr.storage.sql.common.DatabaseMigrationsProvider;
import org.jobrunr.storage.sql.common.migrations.SqlMigration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 of the engine's schema: JobRunr's own migrations up to {@link #LAST}, run by Flyway, so that there is one
 * owner of the schema and no copied DDL. A JobRunr upgrade that brings more of them needs a migration after this one; a
 * test says so.
 */
final class JobRunrTables implements JavaMigration {

    /** The last migration of JobRunr 8.7.0. */
    static final String LAST = "v016__alter_jobs_stats_add_awaiting_jobs.sql";

    @Override
    public void migrate(Context context) throws SQLException, IOException {
        var connection = context.getConnection();
        for (SqlMigration migration : jobRunrMigrations()) {
            if (covers(migration)) {
                run(connection, migration);
            }
        }
    }

    static boolean covers(SqlMigration migration) {
        return migration.getFileName().compareTo(LAST) <= 0;
    }

    static List<SqlMigration> jobRunrMigrations() {
        return new DatabaseMigrationsProvider(PostgresStorageProvider.class).getMigrations()
                .sorted(Comparator.comparing(SqlMigration::getFileName)).toList();
    }

    private static void run(Connection connection, SqlMigration migration) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            for (String sql : migration.getMigrationSql().split(";", -1)) {
                if (!sql.isBlank() && !sql.startsWith("-- Empty migration")) {
                    statement.execute(sql);
                }
            }
        }
        String done = """
                      insert into jobrunr_migrations (id, script, installedOn)
                      values (?, ?, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                      """;
        try (var insert = connection.prepareStatement(done)) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.setString(2, migration.getFileName());
            insert.executeUpdate();
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("1");
    }

    @Override
    public String getDescription() {
        return "jobrunr tables";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return LAST.hashCode();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
