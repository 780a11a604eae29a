package io.millrace.dashboard.pages;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobEvents;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** The dashboard's process with a worker in it and two people who may sign in; one for all tests of a JVM. */
final class RunningDashboard {

    static final String OPERATOR = "operator";
    static final String VIEWER = "vera";

    private final DashboardProcess process;

    private RunningDashboard(String jdbcUrl, String... others) {
        this.process = DashboardProcess.on(jdbcUrl, Stream.concat(Stream.of("--millrace.dashboard.username=" + OPERATOR,
                "--millrace.dashboard.allow-plain-passwords=true", "--millrace.dashboard.users[0].name=" + VIEWER,
                "--millrace.dashboard.users[0].password=" + DashboardProcess.PASSWORD,
                "--millrace.dashboard.trace-link=https://traces.example.org/{traceId}",
                "--millrace.jobs.worker.enabled=true", "--millrace.jobs.worker.stop-timeout=PT1S",
                "--millrace.jobs.worker.name=worker-of-the-test",
                "--millrace.jobs.figures.cluster=true"), Stream.of(others)).toArray(String[]::new));
    }

    static RunningDashboard shared() {
        return Holder.SHARED;
    }

    /** One of its own, for what others must not see, such as a database that goes away. */
    static RunningDashboard on(String jdbcUrl, String... others) {
        return new RunningDashboard(jdbcUrl, others);
    }

    /** A process on the same database that knows no job types and has no worker, as where the dashboard is deployed alone. */
    RunningDashboard alone() {
        return on(bean(Environment.class).getRequiredProperty("spring.datasource.url"),
                "--millrace.jobs.packages=io.millrace.nowhere", "--millrace.jobs.worker.enabled=false");
    }

    void close() {
        process.close();
    }

    <T> T bean(Class<T> type) {
        return process.bean(type);
    }

    JdbcClient jdbc() {
        return process.jdbc();
    }

    URI address(String path) {
        return process.at(path);
    }

    Person operator() {
        return new Person(process.visitor("192.0.2.1"), OPERATOR);
    }

    Person viewer() {
        return new Person(process.visitor("192.0.2.2"), VIEWER);
    }

    UUID enqueue(Job<?> job, EnqueueOptions options) {
        return bean(JobQueue.class).enqueue(job, options);
    }

    UUID enqueue(Job<?> job) {
        return enqueue(job, EnqueueOptions.DEFAULTS);
    }

    /** Enqueued, and it has come so far. */
    UUID until(JobStatus.State state, Job<?> job, EnqueueOptions options) {
        var id = enqueue(job, options);
        await(state, id);
        return id;
    }

    void await(JobStatus.State state, UUID id) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).untilAsserted(
                () -> assertThat(bean(JobQueue.class).find(id).map(JobStatus::state)).contains(state));
    }

    /** As if so many more jobs of a type had run here: told to whoever counts them. */
    void tell(String type, String queue, JobEvents.Outcome outcome, int jobs) {
        for (var events : process.beans(JobEvents.class)) {
            for (int i = 0; i < jobs; i++) {
                events.enqueued(type, queue, 1);
                events.started(type, queue, Duration.ofMillis(2 + i % 40));
                events.ended(type, queue, outcome, Duration.ofMillis(10 + i * i % 900));
            }
        }
    }

    private static final class Holder {

        static final RunningDashboard SHARED = new RunningDashboard(TestPostgres.newDatabase());
    }
}
