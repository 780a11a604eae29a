package io.millrace.jobs;

import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.PlaceOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

/** The engine in a service that embeds it, with a worker, on a real Postgres; one for all tests that extend it. */
@SpringBootTest(classes = ShopApplication.class, properties = {"millrace.jobs.worker.enabled=true",
        "millrace.jobs.worker.name=the worker"})
class EmbeddedEngine {

    @Autowired
    JobQueue queue;
    @Autowired
    JobResults results;
    @Autowired
    PlaceOrder orders;
    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", TestPostgres::newDatabase);
    }

    JobStatus await(UUID id, State state) {
        return Awaitility.await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> queue.find(id).orElseThrow(), status -> status.state() == state);
    }
}
