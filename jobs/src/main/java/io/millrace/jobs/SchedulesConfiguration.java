package io.millrace.jobs;

import java.time.Clock;
import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Recurring jobs: {@link JobSchedules} in every process, and what a worker does about them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScheduleProperties.class)
class SchedulesConfiguration {

    @Bean
    JobSchedules jobSchedules(JobTypes types, JobPayloads payloads, DataSource dataSource, JobsSchema schema,
            WakeUp wakeUp, Clock clock) {
        return new PostgresJobSchedules(types, payloads, dataSource, schema, wakeUp, clock);
    }

    @Bean
    DueSchedules dueSchedules(JobTypes types, JobPayloads payloads,
            @Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema, WakeUp wakeUp,
            ScheduleProperties settings) {
        return new DueSchedules(types, payloads, engine, schema, wakeUp, settings);
    }
}
