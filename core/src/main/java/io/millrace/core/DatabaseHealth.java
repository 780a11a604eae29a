package io.millrace.core;

import java.time.Duration;
import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.millrace.jobs.JobsAutoConfiguration;

/**
 * Whether the database answers, asked on the engine's connections: neither requests nor handlers nor exports that use up
 * theirs make a process look ill.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseHealth {

    /** A worker's pool waits for half a minute, for the sake of its jobs. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);

    /** Stands in for Spring Boot's, which asks every pool. */
    @Bean
    HealthIndicator dbHealthIndicator(@Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine) {
        return new AnswerInTime(new DataSourceHealthIndicator(engine), ANSWERS_WITHIN);
    }
}
