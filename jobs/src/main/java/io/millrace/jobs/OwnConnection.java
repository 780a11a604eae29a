package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection as the engine's pool would make it, which nobody else can use up, for one thread. */
final class OwnConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OwnConnection.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

    private final DataSource engine;
    private @Nullable HikariDataSource pool;
    private @Nullable Connection connection;

    OwnConnection(DataSource engine) {
        this.engine = engine;
    }

    /** Hikari knows how it is made: by URL, by class, with which properties. */
    private static HikariDataSource ofOne(HikariDataSource engine) {
        var pool = SiblingPool.of(engine);
        pool.setPoolName("heartbeat");
        pool.setMaximumPoolSize(1);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(ANSWERS_WITHIN.toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setLeakDetectionThreshold(0);
        return SiblingPool.open(pool);
    }

    Connection open() throws SQLException {
        drop();
        var fresh = source().getConnection();
        connection = fresh;
        return fresh;
    }

    private DataSource source() throws SQLException {
        if (pool == null && engine.isWrapperFor(HikariDataSource.class)) {
            pool = ofOne(engine.unwrap(HikariDataSource.class));
        }
        return pool == null ? engine : pool;
    }

    /** Not back into the pool: the session must end, and with it its lock. */
    void drop() {
        var old = connection;
        connection = null;
        if (old != null && pool != null) {
            // Which closes it.
            pool.evictConnection(old);
        } else if (old != null) {
            giveBack(old);
        }
    }

    /** To whatever pool it comes from. */
    private static void giveBack(Connection connection) {
        try (connection; var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            LOG.debug("the session has ended: {}", e.toString());
        }
    }

    @Override
    public void close() {
        drop();
        if (pool != null) {
            pool.close();
        }
    }
}
