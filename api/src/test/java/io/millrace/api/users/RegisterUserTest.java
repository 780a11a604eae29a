package io.millrace.api.users;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

final class RegisterUserTest {

    private static final int RACERS = 16;

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @SuppressWarnings("NullAway.Init")
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        // As many connections as racers, so that they truly meet in the database.
        api = ApiUnderTest.start("spring.datasource.hikari.maximum-pool-size=" + RACERS,
                "spring.datasource.hikari.minimum-idle=" + RACERS);
        jdbc = api.bean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void letsOneOfManyWinTheRaceForAnAddress() throws Exception {
        for (int round = 0; round < 10; round++) {
            long jobsBefore = jobs();
            List<Integer> statuses = race("race-" + round + "@example.com");

            assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
            assertThat(statuses).filteredOn(status -> status == 409).hasSize(RACERS - 1);
            assertThat(jobs() - jobsBefore).isEqualTo(1);
        }
        assertThat(users()).isEqualTo(10);
    }

    @Test
    void rollsBackTheUserWhenTheJobCannotBeQueued() {
        long usersBefore = users();
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs add constraint no_more_jobs check (false) not valid").update();
        try {
            var answer = api.post("/users", "{\"email\": \"nobody@example.com\", \"fullName\": \"Nobody\"}");

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json().path("type").asString()).isEqualTo("/problems/internal");
            assertThat(answer.body()).doesNotContain("no_more_jobs", "Exception");
            assertThat(users()).isEqualTo(usersBefore);
        } finally {
            jdbc.sql("alter table millrace_jobs.jobrunr_jobs drop constraint no_more_jobs").update();
        }
    }

    private static List<Integer> race(String email) throws Exception {
        var start = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        try (var racers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RACERS; i++) {
                String spelling = i % 2 == 0 ? email : email.toUpperCase(java.util.Locale.ROOT);
                answers.add(racers.submit(() -> {
                    start.await();
                    return api.post("/users", "{\"email\": \"%s\", \"fullName\": \"Racer\"}".formatted(spelling))
                            .status();
                }));
            }
            start.countDown();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        return statuses;
    }

    private static long users() {
        return jdbc.sql("select count(*) from users").query(Long.class).single();
    }

    private static long jobs() {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs").query(Long.class).single();
    }
}
