package io.millrace.api.cache;

import java.time.Duration;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/** Two API processes' worth of it on one Postgres and one Redis. */
@SuppressWarnings("NullAway.Init")
final class CachedAnswersTest {

    private static TestRedis redis;
    private static ApiUnderTest here;
    private static ApiUnderTest there;

    @BeforeAll
    static void startTwoNodes() {
        redis = new TestRedis();
        String database = TestPostgres.newDatabase();
        here = ApiUnderTest.startOn(database, "millrace.redis.url=" + redis.url());
        there = ApiUnderTest.startOn(database, "millrace.redis.url=" + redis.url());
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        redis.close();
    }

    @Test
    void saysWhereAProfileCameFrom() {
        String profile = newUser() + "/profile";

        assertThat(cacheOf(here, profile)).isEqualTo("miss");
        // A message about an earlier change may still come in between.
        assertThat(cacheOf(here, profile)).isIn("local", "shared");
        assertThat(cacheOf(there, profile)).isEqualTo("shared");
        assertThat(there.get(profile).json()).isEqualTo(here.get(profile).json());
        assertThat(cacheOf(here, "/posts")).isEmpty();
    }

    @Test
    void answersNoOldProfileOnAnyNodeAfterAChange() {
        String user = newUser();
        String profile = user + "/profile";
        here.get(profile);
        there.get(profile);

        here.patch(user, "{\"fullName\": \"Countess\"}");

        assertThat(nameIn(here, profile)).isEqualTo("Countess");
        Awaitility.await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(nameIn(there, profile))
                .isEqualTo("Countess"));
        here.post("/posts", "{\"userId\": \"%s\", \"title\": \"News\", \"body\": \"!\", \"tags\": []}"
                .formatted(user.substring("/users/".length())));
        assertThat(here.get(profile).json().path("posts")).hasSize(1);
        here.delete(user);
        assertThat(here.get(profile).status()).isEqualTo(404);
        Awaitility.await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(there.get(profile).status()).isEqualTo(404));
    }

    @Test
    void dropsTheCategoriesThatAChangedProductWasAndIsIn() {
        String old = "Old & " + UUID.randomUUID();
        String now = "New " + UUID.randomUUID();
        put("thing", old);
        assertThat(here.get(in(old)).json().path("data")).hasSize(1);
        assertThat(here.get(in(now)).json().path("data")).isEmpty();
        here.get("/products");

        put("thing", now);

        assertThat(here.get(in(old)).json().path("data")).isEmpty();
        assertThat(here.get(in(now)).json().path("data")).hasSize(1);
        assertThat(here.get("/products").json().path("data").path(0).path("category").asString()).isEqualTo(now);
        assertThat(cacheOf(here, in(now))).isIn("local", "shared");
        assertThat(there.get(in(now)).json()).isEqualTo(here.get(in(now)).json());
    }

    @Test
    void dropsForOperatorsAndCounts() {
        String user = newUser();
        String profile = user + "/profile";
        here.get(profile);
        String id = user.substring("/users/".length());

        assertThat(there.delete("/cache?tag=user:" + id).json().path("dropped").asInt()).isEqualTo(1);
        assertThat(there.delete("/cache?tag=user:" + id).json().path("dropped").asInt()).isZero();
        here.get(profile);
        assertThat(there.delete("/cache?pattern=user-profile:v1:" + id.substring(0, 20) + "*").json().path("dropped")
                .asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cache", "/cache?tag=a&pattern=b", "/cache?tag=", "/cache?pattern=%00",
            "/cache?pattern=a*b*c*d*"})
    void refusesWhatNamesNothingToDrop(String path) {
        var answer = here.delete(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).isNotEmpty();
    }

    private static String newUser() {
        return here
                .post("/users", "{\"email\": \"%s@example.com\", \"fullName\": \"Ada\"}".formatted(UUID.randomUUID()))
                .header("Location");
    }

    private static void put(String id, String category) {
        var answer = here.put("/products/" + id,
                "{\"name\": \"Thing\", \"category\": \"%s\", \"price\": 10.50, \"description\": \"A thing.\"}"
                        .formatted(category));
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
    }

    private static String in(String category) {
        return "/products?category=" + java.net.URLEncoder.encode(category, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String nameIn(ApiUnderTest node, String profile) {
        return node.get(profile).json().path("user").path("fullName").asString();
    }

    private static String cacheOf(ApiUnderTest node, String path) {
        return node.get(path).header("X-Cache");
    }
}
