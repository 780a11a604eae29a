package io.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One real Postgres 18 per test run (about two seconds to start), started at first use and stopped when the JVM ends.
 * Each caller gets a database of its own, so that tests share the server and nothing else.
 */
public final class TestPostgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {
    }

    /** The user of every database made here; it owns them and needs no password. */
    public static final String USER = "postgres";

    /** A new, empty database; its JDBC URL holds the user. */
    public static String newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (var connection = Holder.SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the test database " + name, e);
        }
        return Holder.SERVER.getJdbcUrl(USER, name);
    }

    /** A plain, unpooled data source of the database at {@code jdbcUrl}. */
    public static DataSource dataSource(String jdbcUrl) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        return dataSource;
    }

    private static final class Holder {

        private static final Pattern SPRINGS_HOOK = Pattern.compile("Spring\\w+ShutdownHook");
        private static final Duration UNTIL_ALL_HOOKS_RUN = Duration.ofMillis(50);
        private static final Duration CONTEXTS_CLOSE_WITHIN = Duration.ofSeconds(20);

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                var server = EmbeddedPostgres.builder().setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "off")
                        // The same letters and the same order on every machine.
                        .setLocaleConfig("locale", "C").setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8").setRegisterShutdownHook(false).start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAfterSpring(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("embedded Postgres did not start", e);
            }
        }

        /**
         * Spring closes the contexts of tests in hooks of its own, which the JVM starts together with this one. What stops in
         * them would wait long for a database that has gone first.
         */
        private static void closeAfterSpring(EmbeddedPostgres server) {
            try {
                Thread.sleep(UNTIL_ALL_HOOKS_RUN);
                for (Thread hook : Thread.getAllStackTraces().keySet()) {
                    if (SPRINGS_HOOK.matcher(hook.getName()).matches()) {
                        hook.join(CONTEXTS_CLOSE_WITHIN);
                    }
                }
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
