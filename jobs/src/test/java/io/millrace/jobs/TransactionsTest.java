package io.millrace.jobs;

import java.sql.SQLException;

import org.jobrunr.storage.StorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The engine's transactions on a pool that hands out its connections just as they came back. */
final class TransactionsTest {

    private static final String DIE = "select pg_terminate_backend(pg_backend_pid())";

    private final SingleConnectionDataSource pool = new SingleConnectionDataSource(TestPostgres.newDatabase(), true);
    private final Transactions transactions = new Transactions(pool);

    @AfterEach
    void close() {
        pool.destroy();
    }

    @Test
    void leaveTheConnectionAsItWas() throws SQLException {
        transactions.run(connection -> connection.createStatement().execute("select 1"));
        assertThat(pool.getConnection().getAutoCommit()).isTrue();

        assertThatThrownBy(() -> transactions.run(connection -> connection.createStatement().execute("no SQL")))
                .isInstanceOf(StorageException.class);
        assertThat(pool.getConnection().getAutoCommit()).isTrue();
    }

    @Test
    void failWithWhatFailedFirst() {
        assertThatThrownBy(() -> transactions.run(connection -> connection.createStatement().execute(DIE)))
                .isInstanceOf(StorageException.class)
                .hasRootCauseMessage("FATAL: terminating connection due to administrator command");
    }

    @Test
    void failWithWhatFailedFirstInsideACallersToo() {
        var callers = new TransactionTemplate(new DataSourceTransactionManager(pool));
        var enqueueing = new EnqueueTransaction(pool);

        assertThatThrownBy(() -> callers.executeWithoutResult(status -> enqueueing.allOrNothing(() -> {
            assertThatThrownBy(() -> enqueueing.jdbc().sql(DIE).query().singleValue()).isNotNull();
            throw new IllegalStateException("what went wrong");
        }))).satisfies(thrown -> assertThat(firstOf(thrown)).hasMessage("what went wrong"));
    }

    /** Spring reports the failed rollback of the caller's, with what came before it inside. */
    private static Throwable firstOf(Throwable thrown) {
        return thrown instanceof TransactionSystemException system
                && system.getApplicationException() != null ? system.getApplicationException() : thrown;
    }
}
