package io.millrace.api.users;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class UserProfileTest {

    private final ApiUnderTest api = ApiUnderTest.shared();

    @SuppressWarnings("NullAway.Init")
    private String location;

    @BeforeEach
    void register() {
        location = api.post("/users", "{\"email\": \"%s@example.com\", \"fullName\": \"Ada\"}"
                .formatted(UUID.randomUUID())).header("Location");
    }

    @Test
    void answersUserProfileSettingsAndTheNewestPostsWithTags() {
        String id = location.substring("/users/".length());
        JsonNode older = post(id, "Older");
        JsonNode newer = post(id, "Newer");

        JsonNode profile = profile();

        assertThat(profile.propertyNames()).containsExactly("user", "profile", "settings", "posts");
        assertThat(profile.path("user")).isEqualTo(api.get(location).json());
        assertThat(profile.path("profile").toString()).isEqualTo("{\"bio\":null,\"timezone\":null}");
        assertThat(profile.path("settings").toString()).isEqualTo("{\"locale\":\"en\",\"marketingMails\":false}");
        assertThat(profile.path("posts").values()).containsExactly(newer, older);
        assertThat(newer.path("tags").path(0).asString()).isEqualTo("news");
    }

    @Test
    void isSentWithItsTypeAndItsLengthInBytes() {
        patch("{\"bio\": \"Größe, 李小龍, 🦆\"}");

        Answer get = api.get(location + "/profile");
        Answer head = api.send("HEAD", location + "/profile", null);

        assertThat(get.json().path("profile").path("bio").asString()).isEqualTo("Größe, 李小龍, 🦆");
        assertThat(get.header("Content-Type")).isEqualTo("application/json");
        assertThat(get.header("Content-Length"))
                .isEqualTo(String.valueOf(get.body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String name : new String[]{"Content-Type", "Content-Length"}) {
            assertThat(head.header(name)).as(name).isEqualTo(get.header(name));
        }
    }

    @Test
    void changesWhatIsGivenAndClearsWhatIsNull() {
        patch("{\"bio\": \"Writes\\nprograms.\", \"timezone\": \"Europe/London\", \"locale\": \"en-GB\"}");
        patch("{\"bio\": null, \"marketingMails\": true}");

        JsonNode profile = profile();
        assertThat(profile.path("profile").toString())
                .isEqualTo("{\"bio\":null,\"timezone\":\"Europe/London\"}");
        assertThat(profile.path("settings").toString()).isEqualTo("{\"locale\":\"en-GB\",\"marketingMails\":true}");
        assertThat(profile.path("user").path("version").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"'\"ru-RU\"', ru-RU", "'\"tlh\"', tlh", "null, en"})
    void keepsTheLanguageThatANewUserCameWith(String json, String locale) {
        var answer = api.post("/users", "{\"email\": \"%s@example.com\", \"fullName\": \"Ada\", \"locale\": %s}"
                .formatted(UUID.randomUUID(), json));
        location = answer.header("Location");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().has("locale")).isFalse();
        assertThat(profile().path("settings").toString())
                .isEqualTo("{\"locale\":\"" + locale + "\",\"marketingMails\":false}");
        assertThat(profile().path("user").path("version").asInt()).isEqualTo(1);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(arguments("bio", "\"\""), arguments("bio", "\" \\n \""), arguments("bio", "17"),
                arguments("bio", "\"NUL \\u0000\""), arguments("bio", "\"" + "a".repeat(2001) + "\""),
                arguments("timezone", "\"\""), arguments("timezone", "\"Mars/Olympus\""),
                arguments("timezone", "\"+01:00\""), arguments("timezone", "7"), arguments("locale", "null"),
                arguments("locale", "\"\""), arguments("locale", "\"de_CH\""), arguments("locale", "\"e\""),
                arguments("locale", "\"en" + "-abcd".repeat(8) + "\""), arguments("locale", "true"),
                arguments("marketingMails", "null"), arguments("marketingMails", "\"true\""),
                arguments("marketingMails", "1"), arguments("fullName", "null"), arguments("email", "null"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void namesTheFieldThatIsWrong(String field, String value) {
        Answer answer = api.patch(location, "{\"%s\": %s}".formatted(field, value));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.errorFields()).as(answer.body()).containsExactly(field);
        assertThat(answer.body()).doesNotContain("Exception", "tools.jackson", "io.millrace");
        assertThat(api.get(location).json().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void knowsNoProfileOfNobody() {
        assertThat(api.get("/users/" + UUID.randomUUID() + "/profile").status()).isEqualTo(404);
        assertThat(api.get("/users/nobody/profile").status()).isEqualTo(404);
    }

    @Test
    void tagsAUserWithItsVersion() {
        String first = api.get(location).header("ETag");
        Answer changed = api.patch(location, "{\"bio\": \"Hello\"}", "If-Match", first);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(first).isEqualTo(api.get(location).header("ETag"));
        assertThat(api.get(location, "If-None-Match", changed.header("ETag")).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"something else\"", "\"99999999999\"", "\"0\""})
    void refusesAChangeOfAnotherVersionThanTheCallerSaw(String stale) {
        patch("{\"bio\": \"First\"}");

        Answer answer = api.patch(location, "{\"bio\": \"Second\", \"fullName\": \"Eve\"}", "If-Match",
                stale.replace("something else", "else"));

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/precondition-failed");
        assertThat(profile().path("profile").path("bio").asString()).isEqualTo("First");
        assertThat(profile().path("user").path("fullName").asString()).isEqualTo("Ada");
    }

    @Test
    void changesAnyVersionForAnAsteriskAndRefusesWhatIsNoTag() {
        assertThat(api.patch(location, "{\"bio\": \"Any\"}", "If-Match", "*").status()).isEqualTo(200);

        Answer answer = api.patch(location, "{\"bio\": \"Bad\"}", "If-Match", "2");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly("If-Match");
    }

    private JsonNode post(String userId, String title) {
        return api.post("/posts", "{\"userId\": \"%s\", \"title\": \"%s\", \"body\": \"B\", \"tags\": [\"news\"]}"
                .formatted(userId, title)).json();
    }

    private void patch(String body) {
        Answer answer = api.patch(location, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode profile() {
        Answer answer = api.get(location + "/profile");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
