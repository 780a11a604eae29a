package io.millrace.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.StorageProviderUtils.DatabaseOptions;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** The same jobs on the engine's store and on JobRunr's own, each with its own server: the dashboard says the same of both. */
class DashboardTruthTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Map<UUID, String> names = new ConcurrentHashMap<>();
    private ConfigurableApplicationContext service;
    private JobStore ours;
    private PostgresStorageProvider theirs;
    private BackgroundJobServer theirWorker;
    private DashboardAnswers ourDashboard;
    private DashboardAnswers theirDashboard;

    @BeforeEach
    void start() throws IOException {
        service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + TestPostgres.newDatabase(),
                        "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.name=the worker")
                .run();
        ours = service.getBean(JobStore.class);
        service.getBean(JdbcClient.class).sql("create schema theirs").update();
        theirs = new PostgresStorageProvider(service.getBean(DataSource.class), "theirs.", DatabaseOptions.CREATE);
        theirs.setJobMapper(service.getBean(JobMapper.class));
        theirWorker = worker(theirs, Duration.ofHours(36));
        ourDashboard = new DashboardAnswers(ours, service.getBean(JsonMapper.class), names);
        theirDashboard = new DashboardAnswers(theirs, service.getBean(JsonMapper.class), names);
    }

    @AfterEach
    void stop() {
        ourDashboard.close();
        theirDashboard.close();
        theirWorker.stop();
        theirs.close();
        service.close();
    }

    @Test
    void saysTheSameAsOnJobRunrsOwnStore() {
        var done = enqueue("done", "somewhere", EnqueueOptions.DEFAULTS);
        var second = enqueue("done at the second try", "at the second ring", EnqueueOptions.DEFAULTS);
        var failed = enqueue("failed twice", "nobody home", EnqueueOptions.DEFAULTS.withMaxAttempts(2));
        var hopeless = enqueue("failed for good", "no such street", EnqueueOptions.DEFAULTS);
        var again = enqueue("failed and requeued", "no such street", EnqueueOptions.DEFAULTS);
        enqueue("later", "somewhere", EnqueueOptions.DEFAULTS.withRunAt(inAnHour()));
        var unwanted = enqueue("no longer wanted", "somewhere", EnqueueOptions.DEFAULTS.withRunAt(inAnHour()));
        var running = enqueue("running", "far away", EnqueueOptions.DEFAULTS);
        await(StateName.SUCCEEDED, done, second);
        await(StateName.FAILED, failed, hopeless, again);
        await(StateName.PROCESSING, running);

        change("DELETE", "/jobs/" + unwanted);
        change("POST", "/jobs/" + again + "/requeue");
        both().forEach(store -> new JobRequestScheduler(store, List.of()).scheduleRecurrently("yearly", "0 0 1 1 *",
                new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{\"orderId\":99,\"address\":\"somewhere\"}")));
        change("POST", "/recurring-jobs/yearly/trigger");
        // The second that is scheduled is the recurring one's next run, which each server sees to when it polls.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> both().allMatch(store -> attempts(store, again) == 2 && store.countJobs(StateName.FAILED) == 3
                        && store.countJobs(StateName.SUCCEEDED) == 3 && store.countJobs(StateName.SCHEDULED) == 2));
        assertSame("while the workers run");
        assertSameEvents(done, failed, running);

        change("DELETE", "/jobs/" + running);
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> service.getBean(ShipOrderHandler.class).running() == 0);
        service.getBean(JobWorker.class).stop();
        theirWorker.stop();
        enqueue("waiting", "somewhere", EnqueueOptions.DEFAULTS);
        enqueue("waiting behind it", "somewhere", EnqueueOptions.DEFAULTS);
        assertSame("when the workers have stopped");
        assertSameEvents(unwanted);
    }

    @Test
    void saysTheSameWhenSucceededJobsHaveBeenDeletedAndPurged() {
        var done = Stream.of("first", "second", "third")
                .map(name -> enqueue(name, "somewhere", EnqueueOptions.DEFAULTS))
                .toArray(UUID[]::new);
        await(StateName.SUCCEEDED, done);
        service.getBean(JobWorker.class).stop();
        theirWorker.stop();

        both().forEach(store -> {
            var tidying = worker(store, Duration.ZERO);
            Awaitility.await().atMost(Duration.ofSeconds(30))
                    .until(() -> store.getJobStats().getAllTimeSucceeded() == 3);
            tidying.stop();
        });
        assertSame("after the succeeded jobs were deleted");

        assertThat(both().map(store -> store.deleteJobsPermanently(StateName.DELETED, inAnHour()))).containsExactly(3,
                3);
        assertSame("after the deleted jobs were purged");
    }

    private void assertSame(String when) {
        var paths = Stream.of(Stream.of("/servers", "/problems", "/version", "/recurring-jobs?offset=0&limit=20"),
                Stream.of(StateName.values()).flatMap(state -> Stream.of("createdAt:ASC&offset=0&limit=20",
                        "createdAt:DESC&offset=1&limit=1").map(page -> "/jobs?state=" + state + "&order=" + page)),
                names.keySet().stream().filter(id -> both().allMatch(store -> isThere(store, id)))
                        .map(id -> "/jobs/" + id))
                .flatMap(some -> some).toList();
        assertThat(paths).hasSizeGreaterThanOrEqualTo(16);
        for (var path : paths) {
            boolean isList = path.startsWith("/jobs?");
            // Ours has none in lists (decision 59).
            assertThat(ourDashboard.get(path)).as(path + " " + when)
                    .isEqualTo(isList ? theirDashboard.getWithoutLogs(path) : theirDashboard.get(path));
        }
        assertThat(ours.getJobStats()).as(when).usingRecursiveComparison()
                .ignoringFields("timeStamp", "queryDurationInMillis").isEqualTo(theirs.getJobStats());
    }

    /** Server-sent: the counts, the servers, and a job's page. */
    private void assertSameEvents(UUID... jobs) {
        var paths = Stream.concat(Stream.of("/jobstats", "/servers"), Stream.of(jobs).map(id -> "/jobs/" + id))
                .toList();
        var our = ourDashboard.events(paths);
        var their = theirDashboard.events(paths);
        assertThat(our.join()).doesNotContainValue("nothing").isEqualTo(their.join());
    }

    /** Through the engine's queue; JobRunr's own store is given the very same job. */
    private UUID enqueue(String name, String address, EnqueueOptions options) {
        var id = service.getBean(TransactionTemplate.class).execute(status -> {
            var enqueued = service.getBean(JobQueue.class).enqueue(new ShipOrder(names.size() + 1, address),
                    options.withLabels(List.of(name.replace(' ', '-'))));
            var job = ours.read(service.getBean(JdbcClient.class)
                    .sql("select jobAsJson from millrace_jobs.jobrunr_jobs where id = ?").param(enqueued.toString())
                    .query(String.class).single());
            var same = new org.jobrunr.jobs.Job(enqueued, 0, job.getJobDetails(), job.getJobStates(),
                    new ConcurrentHashMap<>(job.getMetadata()));
            same.setJobName(job.getJobName());
            same.setAmountOfRetries(job.getAmountOfRetries());
            same.setLabels(job.getLabels());
            theirs.save(same);
            return enqueued;
        });
        names.put(id, name);
        return id;
    }

    private BackgroundJobServer worker(StorageProvider store, Duration deleteAfter) {
        var server = new BackgroundJobServer(store, service.getBean(JsonMapper.class),
                service.getBean(JobActivator.class),
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration().andName("the worker")
                        .andWorkerCount(16).andPollInterval(Duration.ofSeconds(5))
                        .andDeleteSucceededJobsAfter(deleteAfter));
        server.setJobFilters(List.of(new BackOffFilter(service.getBean(JobTypes.class),
                new JobHandlers(List.of(), service.getBean(JobTypes.class)), service.getBean(Clock.class),
                RandomGenerator.getDefault())));
        server.start();
        return server;
    }

    private void await(StateName state, UUID... ids) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> both()
                .allMatch(store -> Stream.of(ids).allMatch(id -> store.getJobById(id).hasState(state))));
    }

    private void change(String method, String path) {
        ourDashboard.change(method, path);
        theirDashboard.change(method, path);
    }

    private static long attempts(StorageProvider store, UUID id) {
        return store.getJobById(id).getJobStatesOfType(ProcessingState.class).count();
    }

    private static boolean isThere(StorageProvider store, UUID id) {
        return Stream.of(StateName.values())
                .flatMap(
                        state -> store.getJobList(state, org.jobrunr.storage.Paging.AmountBasedList.ascOnUpdatedAt(100))
                                .stream())
                .anyMatch(job -> job.getId().equals(id));
    }

    private Stream<StorageProvider> both() {
        return Stream.of(ours, theirs);
    }

    private Instant inAnHour() {
        return service.getBean(Clock.class).instant().plus(HOUR);
    }
}
