package io.millrace.jobs.figures;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.millrace.jobs.JobCatalog;
import io.millrace.jobs.JobQueues;
import io.millrace.jobs.JobsAutoConfiguration;
import io.millrace.jobs.JobsSchema;
import io.millrace.jobs.Turns;

/** Figures in every process that has the engine, and a look at the whole cluster where {@link FigureProperties} say so. */
@AutoConfiguration(after = JobsAutoConfiguration.class, afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBean(JobsSchema.class)
@EnableConfigurationProperties(FigureProperties.class)
public class FiguresAutoConfiguration {

    private static final Duration WRITE = Duration.ofSeconds(10);
    private static final Duration FOLD = Duration.ofMinutes(1);
    /** To find that it is time to look, for which there are {@link PostgresClusterFigures} and others. */
    private static final Duration TRY = Duration.ofMillis(2_500);
    private static final Duration READ = Duration.ofSeconds(5);

    @Bean
    JobFigures jobFigures(@Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema) {
        return new PostgresJobFigures(engine, schema);
    }

    @Bean
    PostgresClusterFigures clusterFigures(@Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine,
            JobsSchema schema) {
        return new PostgresClusterFigures(engine, schema);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "millrace.jobs.figures.enabled", matchIfMissing = true)
    static class Written {

        @Bean
        CountEvents countEvents(JobCatalog catalog) {
            return new CountEvents(catalog.queues().keySet()::contains);
        }

        @Bean
        InTheBackground figuresWritten(CountEvents events, @Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine,
                JobsSchema schema) {
            var write = new WriteFigures(events, engine, schema, System::nanoTime);
            return new InTheBackground(() -> List.of(new Every("job-figures", WRITE, write::write)), write::write);
        }
    }

    /** Where there are connections enough for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("millrace.jobs.worker.enabled")
    static class Folded {

        @Bean
        InTheBackground figuresFolded(@Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema) {
            var fold = new FoldFigures(engine, schema, Turns.REAL);
            return new InTheBackground(() -> List.of(new Every("job-figures-fold", FOLD, fold::fold)), () -> {
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("millrace.jobs.figures.cluster")
    static class OfTheCluster {

        @Bean
        InTheBackground clusterLooks(PostgresClusterFigures figures, JobQueues queues,
                @Qualifier(JobsAutoConfiguration.ENGINE) DataSource engine, JobsSchema schema) {
            var looks = new LookInTurn(figures, queues::status, new LookAtTypes(engine, schema),
                    new LookAtWorkers(engine, schema), System::nanoTime);
            return new InTheBackground(() -> List.of(new Every("cluster-figures", TRY, looks::look)), () -> {
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("millrace.jobs.figures.cluster")
    @ConditionalOnClass(MeterRegistry.class)
    static class Gauges {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        InTheBackground clusterGauges(PostgresClusterFigures figures, MeterRegistry registry) {
            var gauges = new ClusterGauges(figures, registry, System::nanoTime);
            return new InTheBackground(() -> List.of(new Every("cluster-gauges", READ, gauges::read)), () -> {
            });
        }
    }
}
