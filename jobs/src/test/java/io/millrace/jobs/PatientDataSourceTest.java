package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A pool whose database goes away, which is a server that lets nobody in any more, and comes back. */
final class PatientDataSourceTest {

    private static final Duration LONGER_THAN_HIKARIS_PAUSES_STAY_SHORT = Duration.ofSeconds(4);

    private final ClosableGate gate = new ClosableGate(TestPostgres.newDatabase());
    private final HikariDataSource pool = new HikariDataSource();

    @BeforeEach
    void setUp() {
        pool.setJdbcUrl(gate.url());
        pool.setMinimumIdle(1);
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(500);
        pool.setInitializationFailTimeout(1);
        PatientDataSource.underneath(pool);
    }

    @AfterEach
    void close() {
        pool.close();
        gate.close();
    }

    @Test
    void hasConnectionsAgainAMomentAfterTheDatabaseIsBack() throws Exception {
        assertThat(one()).isEqualTo(1);
        gate.shut();
        awaitThatItIsMissed();
        assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class).hasMessageContaining("timed out");
        Awaitility.await().pollDelay(LONGER_THAN_HIKARIS_PAUSES_STAY_SHORT).until(() -> true);

        int before = gate.refused();
        Awaitility.await().atMost(PatientDataSource.TRY_AGAIN.multipliedBy(6)).until(() -> gate.refused() > before + 1);
        gate.open();

        Awaitility.await().ignoreExceptions().until(() -> one() == 1);
    }

    @Test
    void saysAtOnceThatADatabaseIsNotThereThatNeverWas() {
        gate.shut();

        // Either what the driver says or Hikari's word for it.
        assertThatThrownBy(pool::getConnection).isInstanceOfAny(SQLException.class,
                HikariPool.PoolInitializationException.class);
        assertThat(gate.refused()).as("once with SSL and once without").isLessThanOrEqualTo(2);
    }

    /** Waiting would not make it another. */
    @Test
    @Timeout(20)
    void saysAtOnceThatAServerDoesNotSupportWhatIsAskedOfIt() {
        pool.setJdbcUrl(gate.url() + (gate.url().contains("?") ? "&" : "?") + "sslmode=require");
        pool.setInitializationFailTimeout(-1);

        assertThatThrownBy(() -> pool.getDataSource().getConnection())
                .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08004"));
    }

    @Test
    void endsItsTriesWhenThePoolIsClosed() throws Exception {
        assertThat(one()).isEqualTo(1);
        gate.shut();
        awaitThatItIsMissed();

        var closing = Thread.ofVirtual().start(pool::close);

        assertThat(closing.join(Duration.ofSeconds(5))).isTrue();
        int last = gate.refused();
        Awaitility.await().during(PatientDataSource.TRY_AGAIN.multipliedBy(4)).until(() -> gate.refused() <= last + 1);
    }

    /** Who uses a connection finds that it is broken. */
    private void awaitThatItIsMissed() {
        Awaitility.await().ignoreExceptions().until(() -> gate.refused() >= 3 || one() == 0);
    }

    private int one() {
        return JdbcClient.create(pool).sql("select 1").query(Integer.class).single();
    }
}
