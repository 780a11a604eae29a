package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import javax.sql.DataSource;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.ConnectionHolder;
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
    private final JdbcTransactions manager = new JdbcTransactions();
    private final TransactionTemplate own = new TransactionTemplate(manager);

    EnqueueTransaction(DataSource dataSource) {
        this.dataSource = target(dataSource);
        this.jdbc = new JdbcTemplate(this.dataSource);
        manager.setDataSource(this.dataSource);
    }

    static DataSource target(DataSource dataSource) {
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

    /**
     * @param what
     *            for the message
     * @throws IllegalStateException
     *             if nobody has begun one
     */
    void requireActive(String what) {
        if (!inTransaction()) {
            throw new IllegalStateException("there is no transaction on the engine's data source that could say " + what
                    + ": jobs enqueued without one are committed at once");
        }
    }

    /**
     * @throws IllegalStateException
     *             if the caller has begun one, of whatever data source
     */
    void requireInactive() {
        if (TransactionSynchronizationManager.isActualTransactionActive() || inTransaction()) {
            throw new IllegalStateException("this job would not be part of the caller's transaction: enqueue it with"
                    + " JobQueue, or outside of the transaction");
        }
    }

    /** Several statements: where one fails, or something between them, the caller's transaction is as it was before. */
    <T> T allOrNothing(Supplier<T> statements) {
        return Objects.requireNonNull(inTransaction()
                ? jdbc.execute((ConnectionCallback<T>) connection -> withSavepoint(connection, statements))
                : own.execute(status -> statements.get()));
    }

    /** One statement, atomic by itself. */
    <T> T onConnection(Statement<T> statement) {
        boolean inTransaction = inTransaction();
        if (!inTransaction && TransactionSynchronizationManager.isActualTransactionActive()) {
            return Objects.requireNonNull(own.execute(status -> onConnection(statement)));
        }
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<T>) connection -> {
            T result = statement.on(connection);
            if (!inTransaction && !connection.getAutoCommit()) {
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

    /** Once what was written can be seen by others; never if it is rolled back, be it to a savepoint. */
    void afterCommit(Runnable action) {
        afterEnd(status -> status != TransactionSynchronization.STATUS_ROLLED_BACK, action);
    }

    /** Once what was locked is free again, whether it was committed or not. */
    void afterEnd(Runnable action) {
        afterEnd(_ -> true, action);
    }

    private void afterEnd(IntPredicate ended, Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive() || !inTransaction()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new AfterTransaction(ended, action));
    }

    /**
     * Whether there is one on this data source, the caller's or our own. In a transaction of something else Spring binds
     * our connection to it as well, but nobody would commit it. Other managers than JDBC's bind a holder that they handle
     * themselves.
     */
    boolean inTransaction() {
        return TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                && (manager.hasBegun() || (!holder.isSynchronizedWithTransaction() && Boolean.FALSE
                        .equals(jdbc.execute((ConnectionCallback<Boolean>) Connection::getAutoCommit))));
    }

    private static <T> T withSavepoint(Connection connection, Supplier<T> statements) throws SQLException {
        var before = connection.setSavepoint();
        long then = AfterTransaction.now();
        try {
            T result = statements.get();
            connection.releaseSavepoint(before);
            return result;
        } catch (RuntimeException | Error e) {
            rollBack(connection, before, e);
            AfterTransaction.rolledBackTo(then);
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

    private static final class JdbcTransactions extends JdbcTransactionManager {

        private static final long serialVersionUID = 1;

        /** Whether this or another JDBC transaction manager has begun one. */
        boolean hasBegun() {
            return isExistingTransaction(doGetTransaction());
        }
    }

    interface Statement<T> {
        T on(Connection connection) throws SQLException;
    }
}
