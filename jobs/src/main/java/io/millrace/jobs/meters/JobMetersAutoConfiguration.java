package io.millrace.jobs.meters;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobsAutoConfiguration;
import io.millrace.jobs.WorkerLoad;

/** Meters of jobs wherever there are the engine and a registry: docs/decisions/0079 has their names. */
@AutoConfiguration(after = JobsAutoConfiguration.class, afterName = {
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
        "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"})
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, JobCatalog.class})
public class JobMetersAutoConfiguration {

    @Bean
    JobMeters jobMeters(MeterRegistry registry, JobCatalog types, ObjectProvider<WorkerLoad> worker) {
        return new JobMeters(registry, types.queues(), worker.getIfAvailable());
    }
}
