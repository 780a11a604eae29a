package io.millrace.benchmarks.jobs;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.millrace.benchmarks.EngineAlone;
import io.millrace.jobs.JobQueue;

/** Millrace's engine as a Spring service embeds it, its worker included, and nothing else of Millrace. */
final class MillracePeer implements Peer {

    static final String NAME = "Millrace";

    private final String name;
    private final PeerDatabase database;
    private final ConfigurableApplicationContext context;
    private final JobQueue queue;
    private final SmartLifecycle worker;
    private final NumberedJobHandler handler;

    /**
     * @param settings
     *            more properties, as on a command line
     */
    MillracePeer(PeerDatabase database, int concurrency, List<String> settings) {
        this(NAME, database, concurrency, settings);
    }

    /**
     * @param name
     *            beside others of its kind
     */
    MillracePeer(String name, PeerDatabase database, int concurrency, List<String> settings) {
        this.name = name;
        this.database = database;
        this.context = new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off", "spring.config.location=optional:classpath:none/",
                        "logging.level.root=warn", "spring.datasource.url=" + database.url(),
                        "spring.datasource.hikari.maximum-pool-size=" + database.connections(),
                        "millrace.jobs.packages=" + NumberedJob.class.getPackageName(),
                        "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.concurrency=" + concurrency)
                .run(settings.toArray(String[]::new));
        this.queue = context.getBean(JobQueue.class);
        this.worker = context.getBean("jobWorker", SmartLifecycle.class);
        this.handler = context.getBean(NumberedJobHandler.class);
        worker.stop();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void enqueue(int number) {
        queue.enqueue(new NumberedJob(number));
    }

    @Override
    public void enqueueAll(int count) {
        queue.enqueueAll(IntStream.range(0, count).mapToObj(NumberedJob::new));
    }

    @Override
    public void startWorkers(Work work) {
        handler.nowDo(work);
        worker.start();
    }

    @Override
    public void stopWorkers() {
        worker.stop();
    }

    @Override
    public Duration pause() {
        return SHORT_PAUSE;
    }

    @Override
    public String unfinished() {
        return "select exists (select from millrace_jobs.jobrunr_jobs where state in ('SCHEDULED', 'ENQUEUED', 'PROCESSING', 'FAILED'))";
    }

    @Override
    public String tables() {
        return "millrace_jobs.jobrunr_jobs, millrace_jobs.job_results, millrace_jobs.job_counts, "
                + "millrace_jobs.job_progress, millrace_jobs.job_log_lines, millrace_jobs.job_checkpoints, "
                + "millrace_jobs.job_effects";
    }

    @Override
    public PeerDatabase database() {
        return database;
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EngineAlone
    static class Service {

        @Bean
        NumberedJobHandler handler() {
            return new NumberedJobHandler();
        }
    }
}
