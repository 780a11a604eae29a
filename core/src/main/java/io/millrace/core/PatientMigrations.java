package io.millrace.core;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.millrace.jobs.UntimedConnections;

/** Has Spring Boot's Flyway wait for a migration of many rows for as long as that takes. */
@Configuration(proxyBeanMethods = false)
public class PatientMigrations {

    @Bean
    FlywayConfigurationCustomizer connectionsWithoutTimeOut() {
        return flyway -> {
            var own = flyway.getDataSource();
            if (own != null) {
                flyway.dataSource(new UntimedConnections(own));
            }
        };
    }
}
