package io.millrace.jobs;

import java.util.stream.Stream;
import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The transactions that a handler's writes take part in: the application's, on the data source where jobs are enqueued. */
final class ApplicationTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationTransactions.class);

    private final PlatformTransactionManager transactions;
    private final EnqueueTransaction connection;

    private ApplicationTransactions(PlatformTransactionManager transactions, EnqueueTransaction connection) {
        this.transactions = transactions;
        this.connection = connection;
    }

    /**
     * On the first of those whose transactions are on the data source, which is tried out.
     *
     * @param handler
     *            that needs them, for the message
     * @throws CannotStart
     *             if there is none
     */
    static ApplicationTransactions on(DataSource application, Stream<PlatformTransactionManager> candidates,
            String handler) {
        var connection = new EnqueueTransaction(application);
        return candidates.filter(candidate -> begins(candidate, connection)).findFirst()
                .map(fitting -> new ApplicationTransactions(fitting, connection))
                .orElseThrow(() -> new CannotStart(handler
                        + " is a TransactionalJobHandler, and no transaction manager is on the data source of the jobs.",
                        "Let the application have one there, as Spring Boot does by itself, or implement JobHandler.",
                        null));
    }

    private static boolean begins(PlatformTransactionManager candidate, EnqueueTransaction connection) {
        var status = candidate.getTransaction(new DefaultTransactionDefinition());
        try {
            return connection.inTransaction();
        } finally {
            candidate.rollback(status);
        }
    }

    Open begin() {
        var open = new Open(transactions.getTransaction(new DefaultTransactionDefinition()));
        TransactionSynchronizationManager.registerSynchronization(open);
        return open;
    }

    /** One that has begun on this thread, where it is also committed or rolled back. */
    final class Open implements TransactionSynchronization {

        private final TransactionStatus status;
        private boolean committed;

        private Open(TransactionStatus status) {
            this.status = status;
        }

        <T> T write(EnqueueTransaction.Statement<T> statement) {
            if (!connection.inTransaction()) {
                throw new IllegalStateException("the handler has ended the transaction that it was called in");
            }
            return connection.onConnection(statement);
        }

        boolean isRollbackOnly() {
            return status.isRollbackOnly();
        }

        /**
         * @return false if it was rolled back without a word
         * @throws RuntimeException
         *             if it did not commit, or nobody knows
         */
        boolean commit() {
            try {
                transactions.commit(status);
            } catch (RuntimeException | Error e) {
                if (!committed) {
                    throw e;
                }
                LOG.warn("what was to follow a handler's commit has failed; the commit stands", e);
            }
            return committed;
        }

        void rollBack(Throwable because) {
            try {
                transactions.rollback(status);
            } catch (RuntimeException | Error e) {
                because.addSuppressed(e);
            }
        }

        @Override
        public void afterCompletion(int how) {
            committed = how == STATUS_COMMITTED;
        }
    }
}
