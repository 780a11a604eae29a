package io.millrace.worker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobType;
import io.millrace.testkit.KillablePostgres;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** What a worker says of itself when it is of no use. */
@Tag("long")
class WorkerHealthTest {

    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String READINESS = "/actuator/health/readiness";

    @Test
    void isNotReadyWhileItsRunsAreSilentAndOthersWaitButIsNotToBeRestarted() {
        try (var worker = WorkerUnderTest.startWith(HangHandler.class, TestPostgres.newDatabase(),
                "millrace.jobs.packages=io.millrace.core,io.millrace.worker", "millrace.jobs.worker.concurrency=1",
                "millrace.jobs.worker.stuck-after=PT1S", "millrace.jobs.worker.stop-timeout=PT0.2S")) {
            assertThat(worker.management(READINESS).statusCode()).isEqualTo(200);
            worker.bean(JobQueue.class).enqueue(new Hang(1));
            worker.bean(JobQueue.class).enqueue(new Hang(2));

            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .until(() -> worker.management(READINESS).statusCode() == 503);
            assertThat(worker.management(READINESS).body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(worker.management("/actuator/health").statusCode()).isEqualTo(503);
            assertThat(worker.management(LIVENESS).statusCode()).isEqualTo(200);
            assertThat(worker.management("/actuator/prometheus").body()).contains("millrace_worker_stuck 1.0",
                    "millrace_worker_running{queue=\"default\"} 1.0");
            assertThat(Objects.requireNonNull(worker.bean(HealthEndpointGroups.class).get("liveness"))
                    .isMember("worker/starts")).isTrue();

            worker.bean(HangHandler.class).release();
            Awaitility.await().atMost(Duration.ofSeconds(60))
                    .until(() -> worker.management(READINESS).statusCode() == 200);
        }
    }

    @Test
    void isNotReadyButAliveWhileTheDatabaseIsAway() throws Exception {
        try (var postgres = new KillablePostgres();
                var worker = WorkerUnderTest.startOn(postgres.url(),
                        "millrace.jobs.worker.stop-timeout=PT0.2S")) {
            assertThat(worker.management(READINESS).statusCode()).isEqualTo(200);

            postgres.kill();

            long before = System.nanoTime();
            assertThat(worker.management(READINESS).statusCode()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("a probe waits for seconds, not for half a minute")
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(worker.management(LIVENESS).statusCode()).isEqualTo(200);
            postgres.restart();
            Awaitility.await().atMost(Duration.ofSeconds(30))
                    .until(() -> worker.management(READINESS).statusCode() == 200);
        }
    }

    /** Does nothing until it is told. */
    @JobType(name = "hang", queue = "default")
    record Hang(int number) implements Job<Void> {
    }

    /** Hangs. */
    static final class HangHandler implements JobHandler<Hang, @Nullable Void> {

        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public @Nullable Void handle(Hang job, JobExecution execution) throws InterruptedException {
            released.await();
            return null;
        }

        void release() {
            released.countDown();
        }
    }
}
