package io.millrace.jobs;

import java.sql.SQLException;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The engine's own connections, so that requests and handlers that use up theirs keep no worker from its heartbeat, and no
 * burst of jobs keeps a request waiting.
 */
final class EnginePool {

    /**
     * Every query of the engine has its index, or is of a few rows. Statistics of a queue are always of another hour: a plan
     * made when it was nearly empty reads and sorts all that waits, at each fetch.
     */
    private static final String BY_INDEX = """
                                           set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off;
                                           set enable_hashjoin = off; set enable_mergejoin = off
                                           """;

    private EnginePool() {
    }

    /** A pool of the same database; the application's own data source where that is no Hikari pool. */
    static DataSource beside(DataSource application, Environment environment) throws SQLException {
        if (!application.isWrapperFor(HikariDataSource.class)) {
            return application;
        }
        var pool = SiblingPool.of(application.unwrap(HikariDataSource.class));
        pool.setPoolName("engine");
        // Whether the database is there, the migrations ask first, of the application's pool.
        pool.setInitializationFailTimeout(-1);
        // The listener for wake-ups keeps its connection, which would pass for a leak.
        pool.setLeakDetectionThreshold(0);
        pool.setConnectionInitSql(BY_INDEX);
        Binder.get(environment).bind("millrace.jobs.pool", Bindable.ofInstance(pool));
        // What the engine is written for, whatever the application's transactions are like.
        pool.setAutoCommit(true);
        pool.setReadOnly(false);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return new HikariDataSource(pool);
    }
}
