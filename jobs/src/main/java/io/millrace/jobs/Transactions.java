package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

import org.jobrunr.storage.StorageException;

/** The engine's own transactions, apart from any caller's. */
record Transactions(DataSource dataSource) {

    /**
     * Runs {@code work} and commits it, or rolls it back when it throws.
     *
     * @throws StorageException
     *             for what the database refuses
     */
    <T> T run(Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                var done = work.on(connection);
                connection.commit();
                // Not every pool does, and whoever gets it next relies on it.
                connection.setAutoCommit(autoCommit);
                return done;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, autoCommit, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new StorageException(e);
        }
    }

    private static void rollBack(Connection connection, boolean autoCommit, Throwable because) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
