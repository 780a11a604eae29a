package io.millrace.jobs;

import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators look at, and what writes down where they find it, in every process. */
@Configuration(proxyBeanMethods = false)
class OperatorsConfiguration {

    @Bean
    JobListing jobListing(DataSource dataSource, JobsSchema schema, JobStore store) {
        return new JobListing(dataSource, schema, store);
    }

    @Bean
    MapZones mapZones(@Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema) {
        return new MapZones(engine, schema);
    }

    @Bean
    JobStories jobStories(DataSource dataSource, JobsSchema schema, JobStore store) {
        return new PostgresJobStories(dataSource, schema, store);
    }

    @Bean
    JobWorkers jobWorkers(@Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema) {
        return new PostgresJobWorkers(engine, schema);
    }
}
