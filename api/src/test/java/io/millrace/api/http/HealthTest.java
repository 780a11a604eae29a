package io.millrace.api.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.FreePort;
import io.millrace.testkit.KillablePostgres;
import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an API says of itself to an orchestrator while what is behind it is away. */
final class HealthTest {

    private static final String LIVENESS = "/actuator/health/liveness";
    private static final String READINESS = "/actuator/health/readiness";
    /** A busy machine's; nobody is to wait for this long. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void isNotReadyButAliveWhileTheDatabaseIsDeadAndReadyAgainByItself() throws Exception {
        try (var postgres = new KillablePostgres(); var api = ApiUnderTest.startOn(postgres.url())) {
            assertThat(api.management(READINESS).status()).isEqualTo(200);

            postgres.kill();

            assertThat(api.management(READINESS).status()).isEqualTo(503);
            assertThat(api.management(READINESS).body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(api.management(LIVENESS).status()).isEqualTo(200);
            postgres.restart();
            await().atMost(PATIENCE).until(() -> api.management(READINESS).status() == 200);
            assertThat(api.get("/users/" + UUID.randomUUID()).status()).isEqualTo(404);
        }
    }

    @Test
    void saysSoWithinSecondsWhileTheDatabaseHangs() throws Exception {
        try (var postgres = new KillablePostgres(); var api = ApiUnderTest.startOn(postgres.url())) {
            postgres.freeze();
            try {
                long before = System.nanoTime();
                assertThat(api.management(READINESS).status()).isEqualTo(503);
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .as("not as long as a statement may take, which is a minute")
                        .isLessThan(Duration.ofSeconds(20));
                assertThat(api.management(LIVENESS).status()).isEqualTo(200);
                assertThat(api.management("/actuator/prometheus").status()).as("scrapes ask nobody").isEqualTo(200);
            } finally {
                postgres.thaw();
            }
            await().atMost(PATIENCE).until(() -> api.management(READINESS).status() == 200);
        }
    }

    @Test
    void staysReadyWithoutRedisWhichIsOnlySpeed() {
        try (var redis = new TestRedis(); var api = ApiUnderTest.start("millrace.redis.url=" + redis.url())) {
            var made = api.post("/users", """
                                          {"email": "ada@example.org", "fullName": "Ada Lovelace"}
                                          """);
            var profile = made.header("Location") + "/profile";
            assertThat(api.get(profile).status()).isEqualTo(200);

            redis.stop();

            await().atMost(PATIENCE).until(() -> {
                assertThat(api.get(profile).status()).isEqualTo(200);
                return isDown(api, "1.0");
            });
            assertThat(api.management(READINESS).status()).isEqualTo(200);
            assertThat(api.management(LIVENESS).status()).isEqualTo(200);
            assertThat(api.management("/actuator/health").status()).isEqualTo(200);
            redis.restart();
            await().atMost(PATIENCE).until(() -> isDown(api, "0.0"));
            assertThat(api.management(READINESS).status()).isEqualTo(200);
        }
    }

    @Test
    void isNotReadyBeforeTheSchemaIs() throws Exception {
        var database = TestPostgres.newDatabase();
        int port = FreePort.find();
        CompletableFuture<ApiUnderTest> starting;
        try (var connection = TestPostgres.dataSource(database).getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // The first migration makes one of this name, and waits until this is no more.
            statement.execute("create table users (id int)");
            starting = CompletableFuture
                    .supplyAsync(() -> ApiUnderTest.startOn(database, "management.server.port=" + port));
            await().atMost(PATIENCE).until(() -> migrationWaits(database));

            assertThat(isReady(port)).isFalse();
            assertThat(starting).isNotDone();

            connection.rollback();
        }
        try (var _ = starting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            await().atMost(PATIENCE).until(() -> isReady(port));
        }
    }

    private static boolean isDown(ApiUnderTest api, String down) {
        return api.management("/actuator/prometheus").body().contains("\nmillrace_cache_down " + down);
    }

    private static boolean migrationWaits(String database) {
        return JdbcClient.create(TestPostgres.dataSource(database)).sql("""
                                                                        select count(*) > 0 from pg_stat_activity
                                                                        where datname = current_database()
                                                                        and wait_event_type = 'Lock'
                                                                        and query ilike 'create table users%'
                                                                        """)
                .query(Boolean.class).single();
    }

    /** Whoever listens nowhere is not ready either. */
    private static boolean isReady(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + READINESS)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (ConnectException e) {
            return false;
        }
    }
}
