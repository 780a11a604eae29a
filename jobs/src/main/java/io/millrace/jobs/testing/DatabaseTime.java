package io.millrace.jobs.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

/** What the sessions of one data source take for the time. */
final class DatabaseTime {

    /** Tables without a schema are still made in the first one of the path, so this one comes behind the application's. */
    private static final String REPLACE = """
                                          create schema if not exists settable_clock;
                                          create table if not exists settable_clock.clock as select interval '0' as ahead;
                                          create or replace function settable_clock.clock_timestamp() returns timestamptz
                                              language sql volatile
                                              as 'select pg_catalog.clock_timestamp() + ahead from settable_clock.clock';
                                          create or replace function settable_clock.now() returns timestamptz
                                              language sql stable
                                              as 'select pg_catalog.now() + ahead from settable_clock.clock';
                                          create or replace function settable_clock.transaction_timestamp()
                                              returns timestamptz language sql stable
                                              as 'select pg_catalog.now() + ahead from settable_clock.clock';
                                          create or replace function settable_clock.statement_timestamp()
                                              returns timestamptz language sql stable
                                              as 'select pg_catalog.statement_timestamp() + ahead from settable_clock.clock';
                                          grant usage on schema settable_clock to public;
                                          grant select on settable_clock.clock to public;
                                          do $$ begin
                                              if not 'settable_clock' = any (current_schemas(false)) then
                                                  execute format('alter database %I set search_path = %s, settable_clock, pg_catalog',
                                                      current_database(), current_setting('search_path'));
                                              end if;
                                          end $$
                                          """;

    private static final int TRIES = 5;

    private final DataSource dataSource;

    DatabaseTime(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Of the whole database, for connections that are opened from now on. */
    void replace() {
        run(connection -> {
            try (var replace = connection.createStatement()) {
                return replace.execute(REPLACE);
            }
        });
    }

    /**
     * Idle connections are opened anew, and those in use when they come back. A pool may be just about to add one that it opened
     * before; it opens one after the other, so once it hands out a later one, none of those is still to come.
     *
     * @throws IllegalStateException
     *             if connections do not see the replacement
     */
    void renewConnections() {
        evict();
        for (int i = 0; !isReplaced(); i++) {
            if (i == TRIES) {
                throw new IllegalStateException(
                        "connections do not see the settable clock: their user, their URL or their"
                                + " pool sets a search_path; let that end with settable_clock, pg_catalog");
            }
            evict();
        }
        evict();
    }

    private void evict() {
        try {
            if (dataSource.isWrapperFor(HikariDataSource.class)) {
                var pool = dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
                if (pool != null) {
                    pool.softEvictConnections();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the connections could not be renewed", e);
        }
    }

    private boolean isReplaced() {
        return run(connection -> {
            try (var select = connection.createStatement();
                    var row = select.executeQuery("select to_regprocedure('clock_timestamp()')"
                            + " = to_regprocedure('settable_clock.clock_timestamp()')")) {
                return row.next() && row.getBoolean(1);
            }
        });
    }

    /** Not by the difference as Postgres gives it, which has days: they are longer or shorter where clocks are changed. */
    void set(Instant time) {
        run(connection -> {
            try (var update = connection
                    .prepareStatement("""
                                      update settable_clock.clock set ahead = make_interval(secs =>
                                          extract(epoch from ? - pg_catalog.clock_timestamp())::double precision)
                                      """)) {
                update.setObject(1, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
                return update.executeUpdate();
            }
        });
    }

    void reset() {
        run(connection -> {
            try (var update = connection.createStatement()) {
                return update.executeUpdate("update settable_clock.clock set ahead = interval '0'");
            }
        });
    }

    /** Apart from any transaction of the caller's. */
    private <T> T run(Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                return work.on(connection);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the database's clock cannot be set; that takes a test database that its user owns", e);
        }
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
