package io.millrace.api.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.apitest.Echo;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobQueues;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class ManyWaitersTest {

    private static final int WAITERS = 2_000;
    private static final Duration WATCHED = Duration.ofSeconds(3);

    private final StatementRecorder recorder = StatementRecorder.of(TestPostgres.newDatabase());
    private final ApiUnderTest api = ApiUnderTest.startOn(recorder.jdbcUrl(),
            "spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
            "spring.datasource.hikari.connection-timeout=15000",
            "millrace.jobs.worker.enabled=true", "millrace.jobs.worker.concurrency=64",
            "millrace.jobs.packages=io.millrace.core,io.millrace.apitest",
            "spring.main.sources=io.millrace.apitest", "millrace.jobs.worker.stop-timeout=PT0S",
            "millrace.api.follow.waits=" + WAITERS);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        api.close();
        callers.shutdownNow();
    }

    @Test
    void answersTwoThousandWaitersOfAsManyJobsForTheStatementsAndThreadsOfAFew() throws Exception {
        api.bean(JobQueues.class).pause("default");
        var jobs = api.bean(JobQueue.class)
                .enqueueAll(Stream.iterate(0, i -> i + 1).limit(WAITERS).map(i -> new Echo("number " + i)));
        int threadsBefore = Thread.getAllStackTraces().size();
        var answers = new ArrayList<Future<String>>();
        jobs.forEach(job -> answers.add(callers.submit(() -> call("/jobs/" + job + "/result?wait=PT60S"))));
        await().atMost(Duration.ofSeconds(60)).until(() -> api.bean(AwaitResult.class).waiting() == WAITERS
                && recorder.during(() -> pass(Duration.ofSeconds(1))).stream()
                        .noneMatch(statement -> statement.sql().contains("from millrace_jobs.job_results")));

        var while2000Wait = recorder.during(() -> pass(WATCHED));

        // Two statements a look, four looks a second, and what workers ask on their own.
        assertThat(while2000Wait.stream().filter(statement -> statement.sql().contains("seen (id, version)")).count())
                .isBetween(2L, 2 * 25L);
        assertThat(while2000Wait).hasSizeLessThan(WAITERS / 4);
        assertThat(Thread.getAllStackTraces().size() - threadsBefore).isLessThan(50);
        assertThat(call("/jobs/" + jobs.getFirst() + "/result?wait=PT1S")).startsWith("HTTP/1.1 503")
                .contains("Retry-After: 2", "/problems/unavailable");
        assertThat(call("/jobs/" + jobs.getFirst() + "/result")).startsWith("HTTP/1.1 202");

        api.bean(JobQueues.class).resume("default");

        for (int i = 0; i < WAITERS; i++) {
            assertThat(answers.get(i).get(60, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200")
                    .contains("{\"text\":\"number " + i + "\"}");
        }
        await().until(() -> api.bean(AwaitResult.class).waiting() == 0);
        assertThat(recorder.during(() -> pass(Duration.ofSeconds(1))))
                .noneMatch(statement -> statement.sql().contains("seen (id, version)"));
    }

    @Test
    void endsAllWaitsWhenTheProcessStops() {
        api.bean(JobQueues.class).pause("default");
        var job = api.bean(JobQueue.class).enqueue(new Echo("never"));
        var answers = new ArrayList<Future<String>>();
        for (int i = 0; i < 100; i++) {
            answers.add(callers.submit(() -> call("/jobs/" + job + "/result?wait=PT60S")));
        }
        await().until(() -> api.bean(AwaitResult.class).waiting() == answers.size());

        long begun = System.nanoTime();
        api.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        assertThat(answers).allSatisfy(
                answer -> assertThat(answer.get(10, TimeUnit.SECONDS)).startsWith("HTTP/1.1 202"));
    }

    private static void pass(Duration time) {
        await().during(time).atMost(time.multipliedBy(5)).until(() -> true);
    }

    /** On a connection of its own, which ends with the answer. */
    private String call(String path) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
