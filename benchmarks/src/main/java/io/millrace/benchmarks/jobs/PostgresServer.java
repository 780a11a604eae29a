package io.millrace.benchmarks.jobs;

import java.io.IOException;
import java.sql.SQLException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A Postgres whose commits are durable, as in production; of the settings that matter for speed it has Postgres' own defaults. */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;

    /** Starts one. */
    public PostgresServer() throws IOException {
        // The library switches it off.
        this.server = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "300").start();
    }

    /** An empty database, for pools of so many connections. */
    public PeerDatabase newDatabase(String name, int connections) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new PeerDatabase(server.getJdbcUrl(USER, name), connections);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
