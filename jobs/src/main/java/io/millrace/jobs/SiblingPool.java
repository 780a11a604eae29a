package io.millrace.jobs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Settings for a connection pool beside the application's, of the same database. */
public final class SiblingPool {

    private SiblingPool() {
    }

    /**
     * As {@code spring.datasource.hikari.*} says. What is changed in it later changes no other pool, unlike with Hikari's own
     * {@code copyStateTo}, which shares the driver's properties.
     */
    public static HikariConfig of(HikariDataSource application, Environment environment) {
        var pool = new HikariConfig();
        pool.setJdbcUrl(application.getJdbcUrl());
        pool.setUsername(application.getUsername());
        pool.setPassword(application.getPassword());
        if (application.getDriverClassName() != null) {
            pool.setDriverClassName(application.getDriverClassName());
        }
        Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
        return pool;
    }
}
