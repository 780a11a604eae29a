package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.test.util.ReflectionTestUtils;

import io.millrace.jobs.sample.ShopApplication;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** An Error ends none of the engine's threads: the next turn finds them at work. */
class EngineThreadsTest {

    @Test
    void fetchAgainAfterAnError() throws InterruptedException {
        var failed = new AtomicBoolean();
        var fetched = new CountDownLatch(1);
        var intake = new Intake(new Slots(4, QueueSubscription.ALL), () -> {
            if (!failed.getAndSet(true)) {
                throw new OutOfMemoryError("as if");
            }
            fetched.countDown();
            return true;
        });
        intake.start();
        intake.wish();

        assertThat(fetched.await(10, TimeUnit.SECONDS)).isTrue();
        intake.stop();
    }

    @Test
    void listenAgainAfterAnError() throws Exception {
        try (var tables = new StoreTables()) {
            var connections = new AtomicInteger();
            var failing = new DelegatingDataSource(tables.database) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (connections.incrementAndGet() <= 2) {
                        throw new OutOfMemoryError("as if");
                    }
                    return super.getConnection();
                }
            };
            var woken = new AtomicInteger();
            try (var listener = new WakeUpListener(failing, tables.wakeUp, tables.store, woken::incrementAndGet)) {
                assertThat(listener).isNotNull();
                Awaitility.await().until(() -> woken.get() > 0);
            }
            assertThat(connections).hasValueGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void startANewServerAfterAnError() {
        try (var service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + TestPostgres.newDatabase(), "millrace.jobs.worker.enabled=true")
                .run()) {
            service.getBean(JobWorker.class).stop();
            var failed = new AtomicBoolean();
            var failing = new DelegatingDataSource(service.getBean(DataSource.class)) {
                @Override
                public Connection getConnection() throws SQLException {
                    if (Thread.currentThread().getName().equals("job-worker-supervisor") && !failed.getAndSet(true)) {
                        throw new OutOfMemoryError("as if");
                    }
                    return super.getConnection();
                }
            };
            var worker = new JobWorker(service.getBean(JobServerFactory.class), failing, service.getBean(WakeUp.class),
                    service.getBean(JobStore.class),
                    () -> new Housekeeping(service.getBean(PostgresJobResults.class), service.getBean(KeySweep.class),
                            service.getBean(MapZones.class)),
                    service.getBean(DueSchedules.class), true);
            worker.start();
            var gaveUp = server(worker);
            gaveUp.stop();

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server(worker) != gaveUp);
            assertThat(failed).isTrue();
            worker.stop();
        }
    }

    private static JobServer server(JobWorker worker) {
        return (JobServer) Objects.requireNonNull(ReflectionTestUtils.getField(worker, "server"));
    }
}
