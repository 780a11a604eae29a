package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

/** Several services with a worker each, in one process, on one database. */
final class Nodes implements AutoCloseable {

    private final String database = TestPostgres.newDatabase();
    private final List<ConfigurableApplicationContext> nodes = new ArrayList<>();

    /** One more; its settings are those of {@code millrace.jobs.worker}, or have whole names. */
    ConfigurableApplicationContext start(String... settings) {
        var properties = Stream.concat(
                Stream.of("spring.datasource.url=" + database, "spring.datasource.hikari.maximum-pool-size=8",
                        "millrace.jobs.worker.enabled=true"),
                Stream.of(settings)
                        .map(name -> name.startsWith("millrace.") ? name : "millrace.jobs.worker." + name));
        var node = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new)).run();
        nodes.add(node);
        return node;
    }

    JobQueue queue() {
        return nodes.getFirst().getBean(JobQueue.class);
    }

    JobQueues queues() {
        return nodes.getFirst().getBean(JobQueues.class);
    }

    JdbcClient jdbc() {
        return nodes.getFirst().getBean(JdbcClient.class);
    }

    /** In one transaction. */
    List<UUID> enqueue(Stream<NewJob> jobs) {
        return queue().enqueueAllWith(jobs);
    }

    void awaitAll(State state, Duration atMost) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(20))
                .until(() -> jdbc().sql("select count(*) from millrace_jobs.jobrunr_jobs where state <> ?")
                        .param(state.name()).query(Integer.class).single() == 0);
    }

    @Override
    public void close() {
        nodes.reversed().forEach(ConfigurableApplicationContext::close);
    }
}
