package io.millrace.dashboard.pages;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks at the database no longer than it may: a page that somebody reloads must not make it count for minutes. */
final class TimedCount {

    private static final String CANCELLED = "57014";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration longest;

    /**
     * @param longest
     *            of each statement
     */
    TimedCount(DataSource dataSource, Duration longest) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.transaction.setReadOnly(true);
        this.longest = longest;
    }

    /**
     * What the look has found; empty if it took too long.
     *
     * @throws DataAccessException
     *             if the database cannot be reached
     */
    <T> Optional<T> of(Supplier<T> look) {
        try {
            return Optional.ofNullable(transaction.execute(_ -> {
                jdbc.sql("set local statement_timeout = " + longest.toMillis()).update();
                return look.get();
            }));
        } catch (DataAccessException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof SQLException cause
                    && CANCELLED.equals(cause.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
