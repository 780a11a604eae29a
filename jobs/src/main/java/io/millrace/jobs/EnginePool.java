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

    private static final String SETTINGS = "millrace.jobs.pool";

    private EnginePool() {
    }

    /**
     * A pool of the same database; the application's own data source where that is no Hikari pool. Its queries are planned as
     * {@link PlannerOptions} says, unless the operator says something else of the same driver property.
     */
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
        var settings = Binder.get(environment);
        settings.bind(SETTINGS, Bindable.ofInstance(pool));
        var asked = settings.bind(SETTINGS + ".data-source-properties." + PlannerOptions.OPTIONS, String.class);
        if (!asked.isBound()) {
            PlannerOptions.addTo(pool);
        } else if (asked.get().isBlank()) {
            pool.getDataSourceProperties().remove(PlannerOptions.OPTIONS);
        }
        // What the engine is written for, whatever the application's transactions are like.
        pool.setAutoCommit(true);
        pool.setReadOnly(false);
        pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return SiblingPool.open(pool);
    }
}
