package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShipOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Wake-ups reach the workers also where something fails or ends. */
class LostWakeUpsTest extends EmbeddedEngine {

    private static final int HEARD_WITHIN_MILLIS = 5_000;

    @Autowired
    TransactionTemplate transactions;

    @Test
    void doNotHappenWhenSomethingElseFailsAfterTheCommit() {
        await(queue.enqueue(new ShipOrder(1, "warm-up")), State.SUCCEEDED);
        for (int i = 0; i < 3; i++) {
            var id = new AtomicReference<UUID>();
            assertThatThrownBy(() -> transactions.executeWithoutResult(status -> {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        throw new IllegalStateException("not ours");
                    }
                });
                id.set(queue.enqueue(new ShipOrder(2, "somewhere")));
            })).hasMessage("not ours");

            var done = await(id.get(), State.SUCCEEDED);
            assertThat(Duration.between(done.createdAt(), done.startedAt())).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void doNotHappenWhenTheProcessEndsAtOnce() throws SQLException {
        try (var tables = new StoreTables(); var listening = listening(tables)) {
            for (int i = 0; i < 20; i++) {
                var wakeUp = new WakeUp(tables.database, tables.schema, true);
                wakeUp.workers();
                wakeUp.close();

                assertThat(heard(listening)).as("number %d", i).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doNotHappenWhenTheDatabaseWasAway(boolean error) throws SQLException {
        try (var tables = new StoreTables(); var listening = listening(tables)) {
            var asked = new AtomicInteger();
            var away = new DelegatingDataSource(tables.database) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (asked.getAndIncrement() == 0) {
                        if (error) {
                            throw new OutOfMemoryError("as if");
                        }
                        throw new SQLException("away");
                    }
                    return super.getConnection();
                }
            };
            try (var wakeUp = new WakeUp(away, tables.schema, true)) {
                wakeUp.workers();

                assertThat(heard(listening)).isEqualTo(1);
            }
        }
    }

    @Test
    void reachWorkersOfTheSameApplicationWithoutTheDatabase() {
        var told = new AtomicInteger();
        var away = new DelegatingDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                throw new SQLException("away");
            }
        };
        Runnable ears = told::incrementAndGet;
        try (var tables = new StoreTables(); var wakeUp = new WakeUp(away, tables.schema, true)) {
            wakeUp.tell(ears);
            wakeUp.workers();
            Awaitility.await().until(() -> told.get() == 1);
            wakeUp.tellNoMore(ears);
        }

        assertThat(told).hasValue(1);
    }

    private static Connection listening(StoreTables tables) throws SQLException {
        var connection = tables.database.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("listen millrace_jobs");
        }
        return connection;
    }

    private static int heard(Connection listening) throws SQLException {
        return listening.unwrap(PGConnection.class).getNotifications(HEARD_WITHIN_MILLIS).length;
    }
}
