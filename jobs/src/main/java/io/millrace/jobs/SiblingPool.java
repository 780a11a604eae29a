package io.millrace.jobs;

import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.DirectFieldAccessor;

/** Settings for a connection pool beside the application's, of the same database. */
public final class SiblingPool {

    private SiblingPool() {
    }

    /**
     * The same as the application's, and apart from them: Hikari's own {@code copyStateTo} shares the driver's properties, so
     * that what is changed for one pool changes others that start later.
     */
    public static HikariConfig of(HikariDataSource application) {
        var pool = new HikariConfig();
        application.copyStateTo(pool);
        if (pool.getDataSource() instanceof PatientDataSource) {
            // It would make them with the application's driver properties.
            pool.setDataSource(null);
        }
        var fields = new DirectFieldAccessor(pool);
        fields.setPropertyValue("dataSourceProperties", copy(application.getDataSourceProperties()));
        fields.setPropertyValue("healthCheckProperties", copy(application.getHealthCheckProperties()));
        return pool;
    }

    /**
     * A pool with these settings, which begins with its first use. Where the database goes away after that, it has connections again a moment
     * after the database is back, however long that took; meanwhile its callers wait for its connection timeout.
     */
    public static HikariDataSource open(HikariConfig settings) {
        var pool = new HikariDataSource();
        settings.copyStateTo(pool);
        PatientDataSource.underneath(pool);
        return pool;
    }

    private static Properties copy(Properties properties) {
        var copy = new Properties();
        copy.putAll(properties);
        return copy;
    }
}
