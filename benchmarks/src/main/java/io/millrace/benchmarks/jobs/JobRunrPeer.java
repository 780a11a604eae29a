package io.millrace.benchmarks.jobs;

import java.time.Duration;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.configuration.BackgroundJobServerThreadType;
import org.jobrunr.server.configuration.DefaultBackgroundJobServerWorkerPolicy;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** JobRunr as it comes: its own store and server on virtual threads, polling as often as it allows. */
final class JobRunrPeer implements Peer {

    static final String NAME = "plain JobRunr";

    private final PeerDatabase database;
    private final HikariDataSource pool;
    private final JsonMapper json = new Jackson3JsonMapper(
            BasicPolymorphicTypeValidator.builder().allowIfSubType(NumberedRequest.class));
    private final int concurrency;
    private final PostgresStorageProvider store;
    private final JobRequestScheduler scheduler;
    private @Nullable BackgroundJobServer server;

    JobRunrPeer(PeerDatabase database, int concurrency) {
        this.database = database;
        this.pool = database.pool();
        this.concurrency = concurrency;
        this.store = new PostgresStorageProvider(pool);
        store.setJobMapper(new JobMapper(json));
        this.scheduler = new JobRequestScheduler(store);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void enqueue(int number) {
        scheduler.enqueue(new NumberedRequest(number));
    }

    @Override
    public void enqueueAll(int count) {
        scheduler.enqueue(IntStream.range(0, count).mapToObj(NumberedRequest::new));
    }

    @Override
    public void startWorkers(Work work) {
        var handler = new NumberedRequestHandler(work);
        var activator = new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(handler);
            }
        };
        var configuration = BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andPollIntervalInSeconds(5).andBackgroundJobServerWorkerPolicy(
                        new DefaultBackgroundJobServerWorkerPolicy(concurrency,
                                BackgroundJobServerThreadType.VirtualThreads));
        server = new BackgroundJobServer(store, json, activator, configuration);
        server.start();
    }

    @Override
    public void stopWorkers() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public String unfinished() {
        return "select exists (select from jobrunr_jobs where state in ('SCHEDULED', 'ENQUEUED', 'PROCESSING', 'FAILED'))";
    }

    @Override
    public String tables() {
        return "jobrunr_jobs";
    }

    @Override
    public PeerDatabase database() {
        return database;
    }

    @Override
    public void close() {
        store.close();
        pool.close();
    }
}
