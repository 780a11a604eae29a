package io.millrace.dashboard.pages;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the rows of a table by one of its columns without ever reading more than a thousand of its blocks: of a larger table as many
 * are taken at random, and what is in them stands for all. So it costs the same for ten thousand rows as for ten million, and is
 * right to a few in a hundred for what is not rare.
 */
final class TableTally {

    private static final int MOST_BLOCKS = 1_000;
    private static final int SECONDS = 2;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TableTally(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.transaction.setReadOnly(true);
    }

    /**
     * The counts; empty if there is no such table, which is so before its application has migrated, or if it is not this database's.
     *
     * @param by
     *            an SQL expression
     * @param bytes
     *            another, that is summed up
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached or takes longer than two seconds
     */
    Optional<Tally> of(String table, String by, String bytes) {
        return Optional.ofNullable(transaction.execute(_ -> count(table, by, bytes).orElse(null)));
    }

    private Optional<Tally> count(String table, String by, String bytes) {
        jdbc.sql("set local statement_timeout = " + SECONDS * 1_000).update();
        return jdbc.sql("""
                        select pg_relation_size(to_regclass(:table)) / current_setting('block_size')::int
                        where to_regclass(:table) is not null
                        """).param("table", table).query(Long.class).optional()
                .map(blocks -> blocks <= MOST_BLOCKS
                        ? new Tally(parts(table, by, bytes, "", 1), true)
                        : new Tally(parts(table, by, bytes,
                                "tablesample system (" + 100.0 * MOST_BLOCKS / blocks + ")",
                                (double) blocks / MOST_BLOCKS), false));
    }

    private List<Part> parts(String table, String by, String bytes, String sample, double times) {
        return jdbc
                .sql("select %s as name, count(*), coalesce(sum(%s), 0) from %s %s group by 1 order by 1".formatted(by,
                        bytes, table, sample))
                .query((row, _) -> new Part(row.getString(1), Math.round(row.getLong(2) * times),
                        Math.round(row.getBigDecimal(3).doubleValue() * times)))
                .list();
    }

    /**
     * What a table holds.
     *
     * @param exact
     *            false if it stands for more than was read
     */
    record Tally(List<Part> parts, boolean exact) {

        Tally {
            parts = List.copyOf(parts);
        }
    }

    /** The rows of one name. */
    record Part(String name, long rows, long bytes) {
    }
}
