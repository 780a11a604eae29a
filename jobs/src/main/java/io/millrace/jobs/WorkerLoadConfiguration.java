package io.millrace.jobs;

import java.util.Map;
import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What can be seen of a worker from inside its process, and whether it is well. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("millrace.jobs.worker.enabled")
class WorkerLoadConfiguration {

    @Bean
    RunProgress runProgress() {
        return new RunProgress();
    }

    @Bean
    LoadOfWorker workerLoad(JobWorker worker, RunProgress progress,
            @Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema,
            JobWorkerProperties settings) {
        var subscription = QueueSubscription.of(settings.queues());
        return new LoadOfWorker(worker, subscription,
                new StuckWatch(worker::server, progress, engine, schema, subscription, settings.stuckAfter(),
                        System::nanoTime),
                settings.autoStart());
    }

    /** Where Spring Boot's health is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthContributor.class)
    static class Health {

        /** In two parts: only the first is a reason to restart the process. */
        @Bean
        HealthContributor workerHealthContributor(WorkerLoad load) {
            return CompositeHealthContributor.fromMap(Map.of("starts", WorkerHealth.startsJobs(load), "runs",
                    WorkerHealth.runsAreHeardOf(load)));
        }
    }
}
