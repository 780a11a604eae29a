package io.millrace.benchmarks.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;

/** A Postgres whose commits are durable, as in production; of the settings that matter for speed it has Postgres' own defaults. */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    /** Starts one. */
    public PostgresServer() throws IOException {
        // The library switches it off.
        this(EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on"));
    }

    private PostgresServer(EmbeddedPostgres.Builder builder) throws IOException {
        this.server = builder.setServerConfig("max_connections", "300").start();
    }

    /**
     * Starts one that is filled once and read then: a table that is filled in the transaction that emptied it needs no log.
     *
     * @param directory
     *            where its databases stay for the next time; null for a temporary one
     */
    public static PostgresServer forBulk(@Nullable Path directory) throws IOException {
        var builder = EmbeddedPostgres.builder().setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0").setServerConfig("max_wal_size", "8GB")
                .setServerConfig("maintenance_work_mem", "1GB");
        if (directory != null) {
            builder.setDataDirectory(directory).setCleanDataDirectory(false);
        }
        return new PostgresServer(builder);
    }

    /** An empty database, unless it was there before; for pools of so many connections. */
    public PeerDatabase newDatabase(String name, int connections) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            if (!statement.executeQuery("select from pg_database where datname = '" + name + "'").next()) {
                statement.execute("create database " + name);
            }
        }
        return new PeerDatabase(server.getJdbcUrl(USER, name), connections);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
