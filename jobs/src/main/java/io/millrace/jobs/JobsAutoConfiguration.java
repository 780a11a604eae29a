package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import jakarta.validation.Validator;

import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.server.JobActivator;
import org.jobrunr.spring.autoconfigure.JobRunrAutoConfiguration;
import org.jobrunr.spring.autoconfigure.storage.JobRunrSqlStorageAutoConfiguration;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * The engine wherever there is a data source: {@link JobQueue} and {@link JobResults} in every process, and with
 * {@code millrace.jobs.worker.enabled=true} the worker that runs jobs with the {@link JobHandler} beans.
 */
@AutoConfiguration(after = {DataSourceAutoConfiguration.class, ValidationAutoConfiguration.class}, before = {
        JobRunrSqlStorageAutoConfiguration.class, JobRunrAutoConfiguration.class})
@ConditionalOnBean(DataSource.class)
@EnableConfigurationProperties({JobsProperties.class, JobWorkerProperties.class})
@Import({SchedulesConfiguration.class, JobWebhooksConfiguration.class, OperatorsConfiguration.class,
        EventsConfiguration.class, OperatorActionsConfiguration.class})
public class JobsAutoConfiguration {

    /** The name of the engine's own connection pool among the beans. */
    public static final String ENGINE = "engineDataSource";

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    static BeanPostProcessor poolsThatWaitForTheDatabase() {
        return new PoolsThatWait();
    }

    /** One JSON format of rows in all processes. */
    @Bean
    JsonMapper jobRunrJsonMapper() {
        return new Jackson3JsonMapper(
                BasicPolymorphicTypeValidator.builder().allowIfSubType(EnqueuedJob.class));
    }

    /** What reads and writes rows, JobRunr's own code included. */
    @Bean
    JobMapper jobMapper(JsonMapper json) {
        return new JobJson(json);
    }

    /**
     * The engine's own connections: as {@code spring.datasource.*} says, where {@code millrace.jobs.pool.*} does not say
     * otherwise in Hikari's own words. Not a candidate where somebody just wants a data source: callers' and handlers'
     * transactions, and the jobs enqueued in them, are on the application's.
     */
    @Bean(name = ENGINE, defaultCandidate = false)
    DataSource engineDataSource(DataSource application, Environment environment) throws SQLException {
        return EnginePool.beside(application, environment);
    }

    @Bean
    JobsSchema jobsSchema(DataSource dataSource, JobsProperties settings) {
        return new JobsSchema(dataSource, settings.schema());
    }

    @Bean
    JobTypes jobTypes(JobsProperties settings, BeanFactory beans) {
        return new JobTypes(settings.packages().isEmpty() ? AutoConfigurationPackages.get(beans) : settings.packages(),
                settings);
    }

    @Bean
    JobPayloads jobPayloads(Validator validator) {
        return new JobPayloads(validator);
    }

    @Bean
    JobCatalog jobCatalog(JobTypes types, JobPayloads payloads, Validator validator) {
        return new JobCatalog(types, payloads, validator);
    }

    @Bean
    WakeUp wakeUp(@Qualifier(ENGINE) DataSource engine, JobsSchema schema, JobsProperties settings, TellEvents events) {
        return new WakeUp(engine, schema, settings.wakeUps(), events);
    }

    @Bean(name = "storageProvider", destroyMethod = "close")
    JobStore jobStore(@Qualifier(ENGINE) DataSource engine, JobsSchema schema, JobWorkerProperties worker,
            WakeUp wakeUp, Clock clock,
            JobMapper mapper) {
        var waiting = new WaitingJobs(schema, QueueSubscription.of(worker.queues()));
        var store = new JobStore(engine, schema, waiting, wakeUp, clock);
        store.setJobMapper(mapper);
        return store;
    }

    @Bean
    PostgresJobQueue jobQueue(JobTypes types, JobPayloads payloads, JobStore store, DataSource dataSource,
            JobsSchema schema,
            JobsProperties settings, WakeUp wakeUp, Clock clock, ObjectProvider<JobSpans> spans) {
        return new PostgresJobQueue(types, payloads, store, dataSource, schema, settings, wakeUp, clock,
                spans.getIfAvailable(() -> JobSpans.NONE));
    }

    @Bean
    SharedEnqueue sharedEnqueue(PostgresJobQueue queue, DataSource dataSource, JobsSchema schema,
            JobsProperties settings, WakeUp wakeUp, ObjectProvider<JobSpans> spans) {
        return new SharedEnqueue(queue, EnqueueTransaction.target(dataSource),
                new EnqueueTogether(schema, new IdempotencyKeys(schema, settings.idempotencyTtl())), wakeUp,
                spans.getIfAvailable(() -> JobSpans.NONE));
    }

    @Bean
    JobQueues jobQueues(DataSource dataSource, JobsSchema schema, WakeUp wakeUp, JobTypes types) {
        return new PostgresJobQueues(dataSource, schema, wakeUp, types);
    }

    @Bean
    PostgresJobResults jobResults(DataSource dataSource, @Qualifier(ENGINE) DataSource engine, JobsSchema schema,
            JobTypes types, ObjectProvider<ResultCache> cache, Clock clock) {
        return new PostgresJobResults(dataSource, engine, schema, types, cache.getIfAvailable(NoCache::new), clock);
    }

    @Bean
    PollingJobWatch jobWatch(@Qualifier(ENGINE) DataSource engine, JobStore store, JobsSchema schema) {
        return new PollingJobWatch(LookAtJobs.of(engine, store, schema));
    }

    /** For the test kit alone. */
    @Bean
    @Lazy
    UncommittedJobs uncommittedJobs(DataSource dataSource, JobsSchema schema, JobStore store, JobTypes types,
            JobPayloads payloads) {
        return new UncommittedJobs(dataSource, schema, store, types, payloads);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty("millrace.jobs.worker.enabled")
    static class Worker {

        @Bean
        JobHandlers jobHandlers(List<JobHandler<?, ?>> handlers, JobTypes types) {
            return new JobHandlers(handlers, types);
        }

        @Bean
        Reports jobReports(@Qualifier(ENGINE) DataSource engine, JobsSchema schema, JobStore store) {
            return new Reports(new WriteReports(engine, schema), store.clock());
        }

        @Bean
        JobRunner jobRunner(JobHandlers handlers, JobPayloads payloads, PostgresJobResults results, JobStore store,
                DataSource application, ObjectProvider<PlatformTransactionManager> transactions,
                @Qualifier(ENGINE) DataSource engine, JobsSchema schema, Reports reports,
                ObjectProvider<JobSpans> spans) {
            var transactional = handlers.anyTransactional().map(handler -> new TransactionalRun(
                    ApplicationTransactions.on(application,
                            Stream.concat(Stream.ofNullable(transactions.getIfUnique()), transactions.orderedStream()),
                            handler),
                    engine, schema, store));
            return new JobRunner(handlers, payloads, results, transactional,
                    new Executions(reports, new Checkpoints(engine, schema),
                            new EffectLedger(engine, schema), payloads),
                    spans.getIfAvailable(() -> JobSpans.NONE));
        }

        @Bean
        JobServerFactory jobServerFactory(JobStore store, JsonMapper json, JobActivator activator, JobTypes types,
                JobHandlers handlers, JobWorkerProperties settings, @Qualifier(ENGINE) DataSource engine,
                JobsSchema schema, WakeUp wakeUp, ObjectProvider<BuildProperties> build, Environment environment) {
            var facts = WorkerFacts.of(settings, Optional.ofNullable(build.getIfAvailable()), environment);
            return new JobServerFactory(store, json, activator, types, handlers, settings,
                    new WorkerTables(engine, schema, wakeUp, facts));
        }

        @Bean
        KeySweep keySweep(@Qualifier(ENGINE) DataSource engine, JobsSchema schema, JobsProperties settings) {
            return new KeySweep(engine, schema, settings);
        }

        @Bean
        JobWorker jobWorker(JobServerFactory servers, @Qualifier(ENGINE) DataSource engine, WakeUp wakeUp,
                JobStore store, PostgresJobResults results, KeySweep keys, MapZones zones, DueSchedules due,
                JobWorkerProperties settings) {
            return new JobWorker(servers, engine, wakeUp, store, () -> new Housekeeping(results, keys, zones), due,
                    settings.autoStart());
        }

        /** For the test kit alone. */
        @Bean
        @Lazy
        RunWaitingJobs runWaitingJobs(JobServerFactory servers, JobWorker worker, JobStore store, DueSchedules due,
                @Qualifier(ENGINE) DataSource engine, JobsSchema schema, JobWorkerProperties settings, WakeUp wakeUp) {
            return new RunWaitingJobs(servers, worker, store, due, engine, schema, settings, wakeUp);
        }
    }

    static final class NoCache implements ResultCache {

        @Override
        public Optional<JobResults.JobResult> get(UUID jobId) {
            return Optional.empty();
        }

        @Override
        public void put(UUID jobId, JobResults.JobResult result) {
            // nothing is kept: the database has it
        }

        @Override
        public void forget(UUID jobId) {
            // nothing was kept
        }
    }
}
