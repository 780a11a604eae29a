package io.millrace.api.paging;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What all listings have in common. */
final class PagesTest {

    private static final int ROWS = 7;
    private static final ApiUnderTest API = ApiUnderTest.start();

    @BeforeAll
    static void fill() {
        for (int i = 0; i < ROWS; i++) {
            String user = API.post("/users", "{\"email\": \"page-%d@example.com\", \"fullName\": \"Ada\"}".formatted(i))
                    .json().path("id").asString();
            API.post("/posts", "{\"userId\": \"%s\", \"title\": \"Title\", \"body\": \"Body\"}".formatted(user));
            API.put("/products/p-" + i, "{\"name\": \"Name\", \"category\": \"books\", \"price\": 1}");
        }
    }

    static Stream<String> listings() {
        return Stream.of("/users?", "/users?include=posts&", "/posts?", "/products?", "/products?category=books&");
    }

    @ParameterizedTest
    @MethodSource("listings")
    void answersEveryRowOnceFromPageToPage(String listing) {
        List<JsonNode> all = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        JsonNode pagination = null;
        do {
            String cursor = pagination == null ? "" : "&cursor=" + pagination.path("nextCursor").asString();
            JsonNode page = ok(API.get(listing + "limit=3" + cursor));
            page.path("data").values().forEach(all::add);
            sizes.add(page.path("data").size());
            pagination = page.path("pagination");
        } while (pagination.path("hasNext").asBoolean());

        assertThat(sizes).containsExactly(3, 3, 1);
        assertThat(all).hasSize(ROWS).doesNotHaveDuplicates()
                .isEqualTo(List.copyOf(ok(API.get(listing + "limit=100")).path("data").values()));
        assertThat(all.stream().map(row -> row.path("createdAt").asString()).toList())
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @ParameterizedTest
    @MethodSource("listings")
    void tellsOnTheLastPageThatItIsTheLast(String listing) {
        JsonNode exact = ok(API.get(listing + "limit=" + ROWS));

        assertThat(exact.propertyNames()).containsExactly("data", "pagination");
        assertThat(exact.path("pagination").propertyNames()).containsExactly("nextCursor", "hasNext", "limit");
        assertThat(exact.path("pagination").path("nextCursor").isNull()).isTrue();
        assertThat(exact.path("pagination").path("hasNext").asBoolean()).isFalse();
        assertThat(exact.path("pagination").path("limit").asInt()).isEqualTo(ROWS);
        assertThat(ok(API.get(listing)).path("pagination").path("limit").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "1000000000000", "20.0", "+5", "1e1", "0x10", "%D9%A3", "ten", "", "%20",
            "5&limit=6", "%00"})
    void namesALimitThatIsNone(String limit) {
        listings().forEach(listing -> assertRefused(API.get(listing + "limit=" + limit), "limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "%00", "%20", "2026-01-31T12:00:00Z", "AAAA", "%F0%9F%92%A5", "a&cursor=b"})
    void namesACursorThatIsNone(String cursor) {
        listings().forEach(listing -> assertRefused(API.get(listing + "cursor=" + cursor), "cursor"));
    }

    @Test
    void namesACursorThatIsAlteredTruncatedOrTooLong() {
        String cursor = cursor("/posts?limit=1");
        char last = cursor.charAt(cursor.length() - 1);
        List<String> others = new ArrayList<>(List.of(cursor + "A", cursor.substring(1), cursor + cursor,
                cursor + "=", "A".repeat(6000), cursor.substring(0, cursor.length() - 1) + (last == 'A' ? 'B' : 'A')));
        IntStream.range(0, cursor.length()).mapToObj(i -> cursor.substring(0, i)).forEach(others::add);

        assertThat(others)
                .allSatisfy(other -> assertRefused(API.get("/posts?limit=1&cursor=" + other), "cursor"));
        assertThat(API.get("/posts?limit=1&cursor=" + cursor).status()).isEqualTo(200);
    }

    @Test
    void namesACursorOfAnotherListingOrFilter() {
        List<String> listings = List.of("/users?limit=1", "/posts?limit=1", "/products?limit=1",
                "/products?category=books&limit=1");
        for (String from : listings) {
            String cursor = cursor(from);
            for (String to : listings) {
                Answer answer = API.get(to + "&cursor=" + cursor);
                if (from.equals(to)) {
                    assertThat(answer.status()).isEqualTo(200);
                } else {
                    assertRefused(answer, "cursor");
                }
            }
            assertRefused(API.get("/products?category=toys&cursor=" + cursor), "cursor");
        }
    }

    @Test
    void goesOnWithPostsWhereItWasWithout() {
        String cursor = cursor("/users?limit=2");

        assertThat(ok(API.get("/users?include=posts&limit=1&cursor=" + cursor)).path("data").path(0).path("id"))
                .isEqualTo(ok(API.get("/users?limit=3")).path("data").path(2).path("id"));
    }

    @Test
    void goesOnInAnotherProcessWithTheSameKeyOnly() {
        String url = API.bean(Environment.class)
                .getRequiredProperty("spring.datasource.url");
        String newKey = "another key of thirty-two characters";
        String cursor = cursor("/posts?limit=1");

        try (var same = ApiUnderTest.startOn(url);
                var other = ApiUnderTest.startOn(url, "millrace.paging.key=" + newKey);
                var rotating = ApiUnderTest.startOn(url, "millrace.paging.key=" + newKey,
                        "millrace.paging.accepted-keys=" + ApiUnderTest.PAGING_KEY)) {
            assertThat(same.get("/posts?limit=1&cursor=" + cursor).status()).isEqualTo(200);
            assertRefused(other.get("/posts?limit=1&cursor=" + cursor), "cursor");
            assertThat(rotating.get("/posts?limit=1&cursor=" + cursor).status()).isEqualTo(200);
        }
    }

    private static String cursor(String listing) {
        return ok(API.get(listing)).path("pagination").path("nextCursor").asString();
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.errorFields()).as(answer.body()).containsExactly(field);
    }
}
