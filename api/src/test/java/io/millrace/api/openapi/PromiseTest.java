package io.millrace.api.openapi;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.api.openapi.EveryOperationTest.Answer;
import io.millrace.api.openapi.Walk.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Each kind of broken promise is seen. */
final class PromiseTest {

    private static final JsonNode DOCUMENT = JsonMapper.shared().readTree(
            """
            {"paths": {"/things": {"get": {"responses": {
              "200": {"headers": {"ETag": {"required": true}}, "content": {"application/json": {"schema":
                {"$ref": "#/components/schemas/Thing"}}}},
              "204": {}}}}},
             "components": {"schemas": {
              "Thing": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
              "Problem": {"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}}}}}}
            """);

    @Test
    void findsNothingWrongInWhatWasPromised() {
        assertThat(broken("", 200, "application/json", "{\"id\": \"a\"}", "\"1\"")).isEmpty();
        assertThat(broken("", 204, "", "", "\"1\"")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
            "-| 200 | application/json | {} | 1 | does not fit its schema",
            "-| 200 | application/json | {\"id\": \"a\", \"b\": 1} | 1 | does not fit its schema",
            "-| 200 | text/plain | a | 1 | is in text/plain, which is not documented",
            "-| 200 | application/json | {\"id\": \"a\"} | - | has no header ETag",
            "-| 204 | application/json | {} | 1 | has a body, which is not documented",
            "-| 201 | application/json | {\"id\": \"a\"} | 1 | answered the status 201, which is not documented",
            "-| 500 | application/problem+json | {\"type\": \"a\"} | 1 | failed",
            "an unknown field | 204 | - | - | 1 | did not refuse an unknown field",
            "no key | 204 | - | - | 1 | did not answer 401 to no key",
            "a strange path | 404 | text/html | a | 1 | is no problem"})
    void seesEachBrokenPromise(@Nullable String wrong, int status, @Nullable String type, @Nullable String body,
            @Nullable String etag, String said) {
        assertThat(broken(orEmpty(wrong), status, orEmpty(type), orEmpty(body), orEmpty(etag)))
                .anyMatch(sentence -> sentence.startsWith(said));
    }

    private static List<String> broken(String wrong, int status, String type, String body, String etag) {
        Map<String, List<String>> headers = etag.isEmpty()
                ? Map.of("Content-Type", List.of(type))
                : Map.of("Content-Type", List.of(type), "ETag", List.of(etag));
        return new Promise(DOCUMENT).brokenBy(
                new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body),
                new Step("GET", "/things", Map.of(), null, wrong), DOCUMENT.at("/paths/~1things/get"));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
