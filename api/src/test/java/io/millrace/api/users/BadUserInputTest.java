package io.millrace.api.users;

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class BadUserInputTest {

    private static final ApiUnderTest API = ApiUnderTest.shared();

    @SuppressWarnings("NullAway.Init")
    private static String location;

    @BeforeAll
    static void register() {
        location = API.post("/users", "{\"email\": \"bad-input@example.com\", \"fullName\": \"Ada\"}")
                .header("Location");
    }

    static Stream<Arguments> badValues() {
        return Stream.of(arguments("email", "\"\""), arguments("email", "\"  \""), arguments("email", "\"ada\""),
                arguments("email", "\"@example.com\""), arguments("email", "\"ada@\""),
                arguments("email", "\"ada@exa mple.com\""), arguments("email", "\"zoë@example.com\""),
                arguments("email", "\"ada@example.com\\n\""),
                arguments("email", "\"ada@example.com,eve@example.com\""),
                arguments("email", "\"a\\u0000@example.com\""),
                arguments("email", "\"" + "a".repeat(64) + "@" + "example.".repeat(30) + "com\""),
                arguments("email", "17"), arguments("email", "true"), arguments("email", "[\"ada@example.com\"]"),
                arguments("email", "{}"), arguments("email", "null"), arguments("fullName", "\"\""),
                arguments("fullName", "\" \\t \""), arguments("fullName", "\"\\u00a0\\u2003\""),
                arguments("fullName", "\"Ada\\u0000\""), arguments("fullName", "\"Ada\\r\\nBcc: eve@example.com\""),
                arguments("fullName", "\"Ada \\ud83d\""), arguments("fullName", "\"" + "a".repeat(201) + "\""),
                arguments("fullName", "17"), arguments("fullName", "1.5"), arguments("fullName", "false"),
                arguments("fullName", "[]"), arguments("fullName", "null"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void namesTheFieldOfANewUser(String field, String value) {
        String other = field.equals("email") ? "\"fullName\": \"Ada\"" : "\"email\": \"never-there@example.com\"";

        assertRefused(API.post("/users", "{\"%s\": %s, %s}".formatted(field, value, other)), field);
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void namesTheFieldOfAChange(String field, String value) {
        assertRefused(API.patch(location, "{\"%s\": %s}".formatted(field, value)), field);
        assertThat(API.get(location).json().path("version").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"e\"", "\"ru_RU\"", "\"ru-\"", "\"russian\"", "\"ru RU\"", "\"ru\\n\"",
            "\"ru-abcdefghi\"", "\"ru-abcd-abcd-abcd-abcd-abcd-abcd-abcd-x\"", "true", "7", "[\"ru\"]"})
    void namesALanguageThatIsNone(String locale) {
        assertRefused(API.post("/users", """
                                         {"email": "never-there@example.com", "fullName": "Ada", "locale": %s}"""
                .formatted(locale)), "locale");
        assertThat(rows()).isZero();
    }

    @Test
    void namesEveryFieldThatIsMissing() {
        Answer answer = API.post("/users", "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactlyInAnyOrder("email", "fullName");
    }

    @Test
    void namesAnUnknownField() {
        assertRefused(API.post("/users", """
                                         {"email": "never-there@example.com", "fullName": "Ada", "admin": true}"""),
                "admin");
        assertRefused(API.patch(location, "{\"fullname\": \"Ada\"}"), "fullname");
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        assertRefused(
                API.post("/users",
                        """
                        {"email": "never-there@example.com", "email": "nor-here@example.com", "fullName": "Ada"}"""),
                "");
    }

    @Test
    void refusesAnEmptyChange() {
        assertRefused(API.patch(location, "{}"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "nonsense", "{", "{\"email\": \"never-there@example.com\"", "[]", "\"text\"",
            "17",
            "null", "{} {}", "{\"email\": \"never-there@example.com\", \"fullName\": \"Ada\"} trailing", "{'email': 1}",
            "<user/>"})
    void refusesWhatIsNoJsonObject(String body) {
        for (Answer answer : new Answer[]{API.post("/users", body), API.patch(location, body)}) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.body()).doesNotContain("never-there", "Exception", "tools.jackson", "io.millrace");
        }
        assertThat(rows()).isZero();
    }

    @Test
    void refusesDeeplyNestedJson() {
        Answer answer = API.post("/users", "{\"email\":" + "[".repeat(100_000));

        assertThat(answer.status()).isEqualTo(400);
    }

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/invalid-request");
        assertThat(answer.errorFields()).as(answer.body()).containsExactly(field);
        assertThat(answer.body()).doesNotContain("Exception", "tools.jackson", "io.millrace");
    }

    private static long rows() {
        return API.bean(JdbcClient.class)
                .sql("select count(*) from users where email like 'never-there%' or full_name in ('Ada ', 'Ada\r')")
                .query(Long.class).single();
    }
}
