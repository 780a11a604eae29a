package io.millrace.jobs.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.JobQueue;
import io.millrace.jobs.sample.PlaceOrder;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

/** A service with the test kit, on a database of its own; each test begins with an empty queue and at the real time. */
@SpringBootTest(classes = ShopApplication.class, properties = "millrace.jobs.packages=io.millrace.jobs.sample,io.millrace.jobs.testing")
@AutoConfigureJobTesting
@Import(RelayHandler.class)
class ServiceUnderTest {

    @Autowired
    JobQueue queue;
    @Autowired
    PlaceOrder orders;
    @Autowired
    JdbcClient jdbc;
    @Autowired
    TransactionTemplate transactions;
    @Autowired
    EnqueuedJobs enqueued;
    @Autowired
    DrainQueue drain;
    @Autowired
    SettableClock clock;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", TestPostgres::newDatabase);
    }

    @BeforeEach
    void emptyTheQueue() {
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs").update();
    }

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }
}
