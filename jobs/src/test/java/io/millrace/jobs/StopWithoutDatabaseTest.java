package io.millrace.jobs;

import java.io.IOException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;
import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.KillablePostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker whose database is gone when it is told to stop; its pools would let it wait for a connection for half a minute. */
@Tag("long")
class StopWithoutDatabaseTest {

    // JobRunr's start-up gives up on the database that is gone half a minute later, on a thread of its own; Awaitility would
    // fail whichever test of this JVM is waiting by then.
    static {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private static final Duration SOON = Duration.ofSeconds(6);
    /** Hikari waits out its pause between two tries to connect. */
    private static final Duration POOLS_TAKE = Duration.ofSeconds(6);
    private static final Duration A_POLL_AND_MORE = Duration.ofSeconds(6);

    private KillablePostgres postgres;
    private ConfigurableApplicationContext service;

    @BeforeEach
    void start() throws IOException {
        postgres = new KillablePostgres();
        service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + postgres.url(), "millrace.jobs.worker.enabled=true",
                        "millrace.jobs.worker.stop-timeout=PT3S")
                .run();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        postgres.close();
    }

    @Test
    void endsWithinSeconds() {
        postgres.kill();

        assertThat(timeOf(worker()::stop)).isLessThan(SOON);
        assertThat(timeOf(service::close)).isLessThan(SOON.plus(POOLS_TAKE));
    }

    @Test
    void endsWithinSecondsWhilePollsWaitForAConnection() {
        postgres.kill();
        Awaitility.await().pollDelay(A_POLL_AND_MORE).until(() -> true);

        assertThat(timeOf(worker()::stop)).isLessThan(SOON);
        assertThat(timeOf(service::close)).isLessThan(SOON.plus(POOLS_TAKE));
    }

    @Test
    void letsRunningJobsHaveTheirTimeAndNotMore() {
        service.getBean(JobQueue.class).enqueue(new ShipOrder(1, "far away"));
        Awaitility.await().until(() -> service.getBean(ShipOrderHandler.class).running() == 1);
        postgres.kill();

        assertThat(timeOf(worker()::stop)).isBetween(Duration.ofSeconds(3), SOON.plusSeconds(3));
    }

    private JobWorker worker() {
        return service.getBean(JobWorker.class);
    }

    private static Duration timeOf(Runnable stop) {
        long start = System.nanoTime();
        stop.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
