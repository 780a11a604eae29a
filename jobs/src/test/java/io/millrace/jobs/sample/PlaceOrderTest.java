package io.millrace.jobs.sample;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.testing.AutoConfigureJobTesting;
import io.millrace.jobs.testing.DrainQueue;
import io.millrace.jobs.testing.EnqueuedJobs;
import io.millrace.jobs.testing.SettableClock;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureJobTesting
class PlaceOrderTest {

    @Autowired
    PlaceOrder orders;
    @Autowired
    EnqueuedJobs enqueued;
    @Autowired
    DrainQueue queue;
    @Autowired
    SettableClock clock;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", TestPostgres::newDatabase);
    }

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    @Test
    @Transactional
    void enqueuesTheShippingWithTheOrder() {
        orders.place(1, "somewhere");

        assertThat(enqueued.payloadsOf(ShipOrder.class)).containsExactly(new ShipOrder(1, "somewhere"));
    }

    @Test
    void ringsAgainAfterAWhile() {
        orders.place(2, "at the second ring");
        assertThat(queue.drainAll()).extracting(JobStatus::state).containsExactly(State.SCHEDULED);

        clock.advance(Duration.ofSeconds(1));

        assertThat(queue.drainAll()).extracting(JobStatus::state).containsExactly(State.SUCCEEDED);
    }
}
