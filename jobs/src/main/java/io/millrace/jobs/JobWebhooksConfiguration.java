package io.millrace.jobs;

import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who is told of jobs' ends: {@link JobWebhooks} in every process, and the telling in workers that know how. */
@Configuration(proxyBeanMethods = false)
class JobWebhooksConfiguration {

    @Bean
    PostgresJobWebhooks jobWebhooks(JobTypes types, JobPayloads payloads, JobStore store, DataSource application,
            @Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema, JobsProperties settings,
            WakeUp wakeUp, Clock clock) {
        return new PostgresJobWebhooks(application, engine, schema,
                new PostgresJobQueue(types, payloads, store, engine, schema, settings, wakeUp, clock, JobSpans.NONE));
    }

    @Bean
    @ConditionalOnBooleanProperty("millrace.jobs.worker.enabled")
    TellWebhooks tellWebhooks(PostgresJobWebhooks webhooks, ObjectProvider<WebhookDelivery> delivery,
            JobWorkerProperties worker) {
        return new TellWebhooks(webhooks, Optional.ofNullable(delivery.getIfAvailable()), worker.autoStart());
    }
}
