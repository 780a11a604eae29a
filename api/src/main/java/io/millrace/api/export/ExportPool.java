package io.millrace.api.export;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.millrace.jobs.CannotStart;
import io.millrace.jobs.SiblingPool;

/**
 * The connections of exports: as those of requests ({@code spring.datasource.*}), where {@code millrace.api.export.pool.*}
 * does not say otherwise in Hikari's own words. Not a candidate where somebody just wants a data source.
 */
@Configuration(proxyBeanMethods = false)
class ExportPool {

    @Bean(defaultCandidate = false)
    HikariDataSource exportsDataSource(DataSource requests, ExportSettings settings, Environment environment)
            throws java.sql.SQLException {
        var pool = SiblingPool.of(requests.unwrap(HikariDataSource.class));
        // It opens its connections when there is an export; that the database is there, the other pool has seen.
        pool.setInitializationFailTimeout(-1);
        pool.setMinimumIdle(0);
        Binder.get(environment).bind("millrace.api.export.pool", Bindable.ofInstance(pool));
        // Each batch is a transaction of its own, whatever requests are told to do.
        pool.setAutoCommit(true);
        if (pool.getMaximumPoolSize() < settings.atOnce()) {
            throw new CannotStart("millrace.api.export.at-once is " + settings.atOnce() + ", and there are only "
                    + pool.getMaximumPoolSize() + " connections for exports.",
                    "Raise millrace.api.export.pool.maximum-pool-size, or lower at-once.", null);
        }
        return SiblingPool.open(pool);
    }
}
