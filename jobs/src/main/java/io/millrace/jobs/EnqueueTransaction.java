package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The caller's transaction as the queue uses it, whichever transaction manager began it; one of its own where there is
 * none.
 */
final class EnqueueTransaction {

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate own;

    EnqueueTransaction(DataSource dataSource) {
        this.dataSource = target(dataSource);
        this.jdbc = new JdbcTemplate(this.dataSource);
        this.own = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
    }

    private static DataSource target(DataSource dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy
                ? Objects.requireNonNull(proxy.getTargetDataSource())
                : dataSource;
    }

    /**
     * @param what
     *            for the message
     * @throws IllegalStateException
     *             if the caller's transaction is read-only
     */
    static void requireWritable(String what) {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException("cannot " + what
                    + " in a read-only transaction; make it read-write, or do it outside of it");
        }
    }

    /** Several statements: where one fails, or something between them, the caller's transaction is as it was before. */
    <T> T allOrNothing(Supplier<T> statements) {
        return Objects.requireNonNull(inCallersTransaction()
                ? jdbc.execute((ConnectionCallback<T>) connection -> withSavepoint(connection, statements))
                : own.execute(status -> statements.get()));
    }

    /** One statement, atomic by itself. */
    <T> T onConnection(Statement<T> statement) {
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<T>) connection -> {
            T result = statement.on(connection);
            if (!connection.getAutoCommit() && !TransactionSynchronizationManager.isActualTransactionActive()) {
                // A pool whose connections do not commit by themselves.
                connection.commit();
            }
            return result;
        }));
    }

    JdbcClient jdbc() {
        return JdbcClient.create(jdbc);
    }

    /** Nodes' clocks differ; this one decides when a job's time has come. */
    Instant databaseTime() {
        return jdbc().sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    }

    /** Once what was written can be seen by others; never if it is rolled back. */
    static void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    /** Once what was locked is free again, whether it was committed or not. */
    static void afterEnd(Runnable action) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                action.run();
            }
        });
    }

    private boolean inCallersTransaction() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.hasResource(dataSource)
                && Boolean.FALSE.equals(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit));
    }

    private static <T> T withSavepoint(Connection connection, Supplier<T> statements) throws SQLException {
        var before = connection.setSavepoint();
        try {
            T result = statements.get();
            connection.releaseSavepoint(before);
            return result;
        } catch (RuntimeException | Error e) {
            rollBack(connection, before, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Savepoint before, Throwable because) {
        try {
            connection.rollback(before);
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    interface Statement<T> {
        T on(Connection connection) throws SQLException;
    }
}
