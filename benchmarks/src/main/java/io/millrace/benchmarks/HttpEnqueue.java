package io.millrace.benchmarks;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import io.millrace.benchmarks.jobs.PeerDatabase;
import io.millrace.benchmarks.jobs.PostgresServer;
import io.millrace.benchmarks.load.Load;
import io.millrace.benchmarks.load.Requests;
import io.millrace.core.files.ProfileFile;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.SharedEnqueue;

/**
 * {@code POST /jobs} over many connections beside the same without HTTP, by as many threads of this process. The API, which
 * is a process of its own, shares the machine with the load generator; the threads have no such company.
 */
final class HttpEnqueue {

    private static final int CALLERS = 64;
    private static final int CONNECTIONS = 10;
    private static final Duration TIME = Duration.ofSeconds(3);
    /** The API compiles its code beside the load generator, on the same cores: a second of work takes it several. */
    private static final int WARM_UP = 8;
    private static final String TYPE = "profile-file";
    private static final String PAYLOAD = "{\"fileId\":\"%s\"}".formatted(UUID.randomUUID());

    private final PeerDatabase called;
    private final PeerDatabase direct;

    private HttpEnqueue(PostgresServer server) throws Exception {
        this.called = server.newDatabase("called", CONNECTIONS);
        this.direct = server.newDatabase("direct", CONNECTIONS);
    }

    static String measure() throws Exception {
        try (var server = new PostgresServer()) {
            return new HttpEnqueue(server).alternate();
        }
    }

    private String alternate() throws Exception {
        var settings = Map.of("SPRING_DATASOURCE_URL", called.url(), "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE",
                Integer.toString(CONNECTIONS));
        try (var api = ApiProcess.start("api-enqueue", called.url(), settings);
                var service = new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
                        .properties("spring.main.banner-mode=off", "spring.config.location=optional:classpath:none/",
                                "logging.level.root=warn", "spring.datasource.url=" + direct.url(),
                                "spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS,
                                "millrace.jobs.packages=" + ProfileFile.class.getPackageName())
                        .run()) {
            var queue = service.getBean(JobQueue.class);
            var shared = service.getBean(SharedEnqueue.class);
            var alternating = new Alternating<Double>()
                    .peer("JobQueue.enqueue", () -> called(() -> queue.enqueue(TYPE, PAYLOAD, EnqueueOptions.DEFAULTS)))
                    .peer("SharedEnqueue.tryEnqueue",
                            () -> called(() -> shared.tryEnqueue(TYPE, PAYLOAD, EnqueueOptions.DEFAULTS)))
                    .peer("POST /jobs", () -> posted(api, number -> ApiProcess.authorization()))
                    .peer("POST /jobs with an Idempotency-Key", () -> posted(api,
                            number -> ApiProcess.authorization() + "\r\nIdempotency-Key: " + UUID.randomUUID()));
            var all = alternating.rounds(WARM_UP, 7);
            var table = new Table(CALLERS + " callers, " + CONNECTIONS + " connections to Postgres", "jobs/s",
                    "% of JobQueue.enqueue");
            for (var rounds : all) {
                table.row(rounds.name(), rounds.spread(perSecond -> perSecond).text(0),
                        rounds.percentOf(all.getFirst(), perSecond -> perSecond).text(0));
            }
            return table.toString();
        }
    }

    private double posted(ApiProcess api, IntFunction<String> headers) throws Exception {
        empty(called);
        var requests = Requests.post("/jobs", "{\"type\":\"%s\",\"payload\":%s}".formatted(TYPE, PAYLOAD), headers);
        return new Load(api.port(), CALLERS).asFastAsItGoes(requests, TIME).perSecond();
    }

    private double called(Callable<?> enqueue) throws Exception {
        empty(direct);
        long start = System.nanoTime();
        Callable<Integer> caller = () -> {
            int count = 0;
            for (; System.nanoTime() - start < TIME.toNanos(); count++) {
                enqueue.call();
            }
            return count;
        };
        int all = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var count : threads.invokeAll(Collections.nCopies(CALLERS, caller))) {
                all += count.get();
            }
        }
        return all / ((System.nanoTime() - start) / 1e9);
    }

    private static void empty(PeerDatabase database) throws Exception {
        database.execute("truncate millrace_jobs.jobrunr_jobs, millrace_jobs.job_counts,"
                + " millrace_jobs.job_idempotency_keys", "checkpoint");
    }

    @Configuration(proxyBeanMethods = false)
    @EngineAlone
    static class Service {
    }
}
