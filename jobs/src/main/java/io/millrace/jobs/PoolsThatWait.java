package io.millrace.jobs;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Has all pools wait for a database that is away: a handler or a request needs the application's as well. Ordered, so that it sees them before
 * anything that hides what they are, such as tracing.
 */
final class PoolsThatWait implements BeanPostProcessor, Ordered {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            PatientDataSource.underneath(pool);
        }
        return bean;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
