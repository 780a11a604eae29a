package io.millrace.jobs.tracing;

import io.micrometer.tracing.Tracer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import io.millrace.jobs.JobSpans;
import io.millrace.jobs.JobsAutoConfiguration;

/** Where the service has a tracer, and exports what it traces. */
@AutoConfiguration(before = JobsAutoConfiguration.class, afterName = "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration")
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean(Tracer.class)
@ConditionalOnBooleanProperty(name = "management.tracing.export.enabled", matchIfMissing = true)
public class JobTracingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    JobSpans jobSpans(Tracer tracer) {
        return new TracedJobs(tracer);
    }
}
