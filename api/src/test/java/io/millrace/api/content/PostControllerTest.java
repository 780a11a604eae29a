package io.millrace.api.content;

import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class PostControllerTest {

    private static final ApiUnderTest API = ApiUnderTest.shared();

    @SuppressWarnings("NullAway.Init")
    private static String user;

    @BeforeAll
    static void register() {
        user = API.post("/users", "{\"email\": \"%s@example.com\", \"fullName\": \"Ada\"}".formatted(UUID.randomUUID()))
                .json().path("id").asString();
    }

    @Test
    void writesAPostWithItsTagsInTheirOrder() {
        Answer answer = post("\"Zoë's\"", "\"One\\n\\ttwo 💥\"", "[\"zebra\", \"Ant\"]");

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().propertyNames()).containsExactly("id", "userId", "title", "body", "tags",
                "createdAt");
        assertThat(answer.json().path("body").asString()).isEqualTo("One\n\ttwo 💥");
        assertThat(answer.json().path("tags").values()).extracting(tag -> tag.asString()).containsExactly("zebra",
                "Ant");
        assertThat(API.get("/posts?limit=100").json().path("data").values()).contains(answer.json());
    }

    @Test
    void needsNoTags() {
        Answer answer = API.post("/posts", "{\"userId\": \"%s\", \"title\": \"T\", \"body\": \"B\"}".formatted(user));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("tags").size()).isZero();
    }

    @Test
    void commentsOnAPost() {
        String post = post("\"T\"", "\"B\"", "[]").json().path("id").asString();

        Answer answer = comment(post, user, "\"Well said\"");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().propertyNames()).containsExactly("id", "postId", "userId", "body", "createdAt");
        assertThat(answer.json().path("postId").asString()).isEqualTo(post);
    }

    @Test
    void namesAnUnknownUser() {
        String nobody = UUID.randomUUID().toString();
        String post = post("\"T\"", "\"B\"", "[]").json().path("id").asString();

        assertRefused(API.post("/posts", "{\"userId\": \"%s\", \"title\": \"T\", \"body\": \"B\"}".formatted(nobody)),
                "userId");
        assertRefused(comment(post, nobody, "\"B\""), "userId");
    }

    @Test
    void knowsNoUnknownOrMalformedPost() {
        for (String post : new String[]{UUID.randomUUID().toString(), "no-id", "%00"}) {
            Answer answer = comment(post, user, "\"B\"");

            assertThat(answer.status()).as(post).isIn(400, 404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        }
    }

    static Stream<Arguments> badPosts() {
        return Stream.of(arguments("title", "\"\"", "\"B\"", "[]"), arguments("title", "\" \\u00a0 \"", "\"B\"", "[]"),
                arguments("title", "\"two\\nlines\"", "\"B\"", "[]"), arguments("title", "null", "\"B\"", "[]"),
                arguments("title", "\"NUL \\u0000\"", "\"B\"", "[]"), arguments("title", "17", "\"B\"", "[]"),
                arguments("title", "\"" + "a".repeat(201) + "\"", "\"B\"", "[]"),
                arguments("body", "\"T\"", "\"\"", "[]"), arguments("body", "\"T\"", "\" \\n\\t \"", "[]"),
                arguments("body", "\"T\"", "\"NUL \\u0000\"", "[]"),
                arguments("body", "\"T\"", "\"bell \\u0007\"", "[]"), arguments("body", "\"T\"", "[]", "[]"),
                arguments("body", "\"T\"", "\"" + "a".repeat(10_001) + "\"", "[]"),
                arguments("tags", "\"T\"", "\"B\"", "\"news\""), arguments("tags", "\"T\"", "\"B\"", "{}"),
                arguments("tags", "\"T\"", "\"B\"", "[\"a\", \"b\", \"a\"]"),
                arguments("tags", "\"T\"", "\"B\"", tags(21)), arguments("tags[1]", "\"T\"", "\"B\"", "[\"a\", null]"),
                arguments("tags[0]", "\"T\"", "\"B\"", "[\" \"]"), arguments("tags[0]", "\"T\"", "\"B\"", "[17]"),
                arguments("tags[0]", "\"T\"", "\"B\"", "[\"" + "a".repeat(51) + "\"]"));
    }

    @ParameterizedTest
    @MethodSource("badPosts")
    void namesTheFieldThatIsWrong(String field, String title, String body, String tags) {
        assertRefused(post(title, body, tags), field);
    }

    @Test
    void namesAnUnknownFieldAndAUserIdThatIsNone() {
        assertRefused(API.post("/posts", "{\"userId\": \"%s\", \"title\": \"T\", \"body\": \"B\", \"author\": \"Ada\"}"
                .formatted(user)), "author");
        assertRefused(API.post("/posts", "{\"userId\": \"Ada\", \"title\": \"T\", \"body\": \"B\"}"), "userId");
        assertRefused(API.post("/posts", "{\"title\": \"T\", \"body\": \"B\"}"), "userId");
    }

    @Test
    void takesTextsOfTheGreatestLength() {
        assertThat(post("\"" + "é".repeat(200) + "\"", "\"" + "é".repeat(10_000) + "\"", tags(20)).status())
                .isEqualTo(201);
    }

    private static String tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"tag " + i + "\"").collect(joining(",", "[", "]"));
    }

    private static Answer post(String title, String body, String tags) {
        return API.post("/posts", "{\"userId\": \"%s\", \"title\": %s, \"body\": %s, \"tags\": %s}".formatted(user,
                title, body, tags));
    }

    private static Answer comment(String post, String userId, String body) {
        return API.post("/posts/" + post + "/comments",
                "{\"userId\": \"%s\", \"body\": %s}".formatted(userId, body));
    }

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.errorFields()).as(answer.body()).containsExactly(field);
        assertThat(answer.body()).doesNotContain("Exception", "tools.jackson", "io.millrace");
    }
}
