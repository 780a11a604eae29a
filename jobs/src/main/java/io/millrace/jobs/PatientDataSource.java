package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * What a pool makes its connections from, by its URL as ever; but while a database that was there is away, it goes on trying instead
 * of failing. After a failure Hikari makes a pause, which it doubles up to five seconds, and an outage would last that much
 * longer here than it did. Nobody waits for longer: the pool gives its callers up after its {@code connectionTimeout}.
 *
 * <p>
 * A database that was never there is a mistake to be told at once, and so is every refusal of one that is there.
 */
final class PatientDataSource extends DelegatingDataSource {

    static final Duration TRY_AGAIN = Duration.ofMillis(200);

    /** By the driver's word: as where the server does not support SSL, or a way to log in. */
    private static final String REFUSED = "08004";
    private static final Logger LOG = LoggerFactory.getLogger(PatientDataSource.class);

    private final HikariDataSource pool;
    private @Nullable DataSource driver;
    private volatile boolean wasThere;

    private PatientDataSource(HikariDataSource pool) {
        this.pool = pool;
    }

    /** For a pool that has not been used yet. Nothing where its connections come from something else than a URL. */
    static void underneath(HikariDataSource pool) {
        if (pool.getJdbcUrl() != null && pool.getDataSource() == null && pool.getDataSourceClassName() == null
                && pool.getDataSourceJNDI() == null && !pool.isRunning()) {
            pool.setDataSource(new PatientDataSource(pool));
        }
    }

    /** Made when it is needed: until then the pool's settings may change. */
    @Override
    public synchronized DataSource getTargetDataSource() {
        if (driver == null) {
            driver = new DriverDataSource(pool.getJdbcUrl(), pool.getDriverClassName(), pool.getDataSourceProperties(),
                    pool.getUsername(), pool.getPassword());
        }
        return driver;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return patiently(super::getConnection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return patiently(() -> super.getConnection(username, password));
    }

    private Connection patiently(Connecting connecting) throws SQLException {
        for (boolean isFirst = true;; isFirst = false) {
            try {
                var connection = connecting.connect();
                if (!isFirst) {
                    LOG.info("{}: the database is back", pool.getPoolName());
                }
                wasThere = true;
                return connection;
            } catch (SQLException e) {
                if (!SqlFailure.isOfTheConnection(e) || REFUSED.equals(e.getSQLState()) || !waitsForIt()) {
                    throw e;
                }
                if (isFirst) {
                    LOG.warn("{}: the database is away ({}); trying again each {}", pool.getPoolName(), e.toString(),
                            TRY_AGAIN);
                }
                pauseAfter(e);
            }
        }
    }

    private boolean waitsForIt() {
        // Who starts without looking for it does not mind if it is away.
        return (wasThere || pool.getInitializationFailTimeout() < 0) && !pool.isClosed();
    }

    private static void pauseAfter(SQLException failure) throws SQLException {
        try {
            Thread.sleep(TRY_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private interface Connecting {

        Connection connect() throws SQLException;
    }
}
