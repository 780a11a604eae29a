package io.millrace.api.export;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** On a pool of one connection: if a reading left it broken, the next one would find it. */
final class UserCopyTest {

    /** Some megabytes, more than the buffers between Postgres and Java swallow. */
    private static final int USERS = 50_000;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        String database = TestPostgres.newDatabase();
        api = ApiUnderTest.startOn(database, "millrace.api.export.at-once=1",
                "millrace.api.export.pool.maximum-pool-size=1", "spring.datasource.hikari.auto-commit=false",
                "spring.flyway.url=${spring.datasource.url}", "spring.flyway.user=${spring.datasource.username}");
        JdbcClient.create(TestPostgres.dataSource(database))
                .sql("""
                     insert into users (id, email, full_name, created_at)
                     select gen_random_uuid(), 'user' || i || '@example.com', repeat('x', 200), now()
                     from generate_series(1, ?) i
                     """).param(USERS).update();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void readsOneBatchAndLeavesNoTransactionBehind() {
        assertThat(readAll(USERS / 2)).isEqualTo(USERS / 2);

        assertThat(readAll(USERS)).isEqualTo(USERS);
        assertThat(pool().getHikariPoolMXBean().getActiveConnections()).isZero();
        // From another connection: the one in question would tell of this very statement.
        assertThat(requests().sql("""
                                  select state from pg_stat_activity
                                  where datname = current_database() and query like 'copy%'
                                  """).query(String.class).list())
                .isNotEmpty().noneMatch(state -> state.startsWith("idle in transaction"));
    }

    @Test
    void keepsItsConnectionFromBatchToBatch() {
        readAll(10);
        int before = backend();

        readAll(10);

        assertThat(backend()).isEqualTo(before);
    }

    @Test
    void givesNoConnectionBackWhoseBatchWasNotReadToItsEnd() {
        int before = backend();
        var count = new AtomicInteger();

        assertThatThrownBy(() -> users().read(UserCursor.START, USERS, user -> {
            if (count.incrementAndGet() == 10) {
                throw new IllegalStateException("no more");
            }
        })).isInstanceOf(IllegalStateException.class).hasMessage("no more");

        assertThat(pool().getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(readAll(USERS)).isEqualTo(USERS);
        assertThat(backend()).isNotEqualTo(before);
    }

    @Test
    void givesNoConnectionBackWhoseReaderWasInterrupted() throws InterruptedException {
        var failure = new AtomicReference<Throwable>();

        Thread.ofVirtual().uncaughtExceptionHandler((thread, thrown) -> failure.set(thrown))
                .start(() -> users().read(UserCursor.START, USERS, user -> Thread.currentThread().interrupt())).join();

        assertThat(failure.get()).isInstanceOf(DataAccessException.class);
        assertThat(pool().getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(readAll(USERS)).isEqualTo(USERS);
    }

    @Test
    void givesNoConnectionBackThatDiedInABatch() {
        int backend = backend();

        assertThatThrownBy(() -> users().read(UserCursor.START, USERS, user -> terminate(backend)))
                .isInstanceOf(DataAccessResourceFailureException.class);

        assertThat(pool().getHikariPoolMXBean().getActiveConnections()).isZero();
        assertThat(readAll(USERS)).isEqualTo(USERS);
    }

    @Test
    void tellsWhatTheDatabaseRefuses() {
        assertThatThrownBy(() -> users().read(UserCursor.START, -1, user -> {
        })).isInstanceOf(DataAccessException.class).hasMessageContaining("LIMIT must not be negative");

        assertThat(readAll(1)).isOne();
    }

    private static int readAll(int limit) {
        return users().read(UserCursor.START, limit, user -> {
        });
    }

    /** The server's process behind the one connection. */
    private static int backend() {
        return exports().sql("select pg_backend_pid()").query(Integer.class).single();
    }

    private static void terminate(int backend) {
        requests().sql("select pg_terminate_backend(?)").param(backend).query(Boolean.class).single();
    }

    private static UserCopy users() {
        return api.bean(UserCopy.class);
    }

    private static JdbcClient requests() {
        return api.bean(JdbcClient.class);
    }

    private static JdbcClient exports() {
        return JdbcClient.create(pool());
    }

    private static HikariDataSource pool() {
        return (HikariDataSource) api.bean("exportsDataSource");
    }
}
