package io.millrace.api.openapi;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** No change breaks clients of the last release; and each rule that says so can fail. */
final class CompatibilityTest {

    private static final String DOCUMENT = """
                                           {"paths": {"/things": {"post": {"operationId": "createThing",
                                            "parameters": [{"name": "kind", "in": "query", "required": false,
                                             "schema": {"type": "string", "maxLength": 9, "enum": ["a", "b"]}}],
                                            "requestBody": {"required": true, "content": {"application/json":
                                             {"schema": {"$ref": "#/components/schemas/NewThing"}}}},
                                            "responses": {"201": {"headers": {"Location": {}}, "content":
                                             {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
                                            "components": {"schemas": {
                                             "NewThing": {"type": "object", "required": ["name"], "properties":
                                              {"name": {"type": "string", "maxLength": 5}, "note": {"type": ["string", "null"]}}},
                                             "Thing": {"type": "object", "required": ["id", "state"], "properties":
                                              {"id": {"type": "string"}, "state": {"type": "string", "enum": ["ON", "OFF"]}}}}}}
                                           """
            .replaceAll("\\s+", " ");

    @Test
    void keepsWhatTheLastReleasePromised() {
        assertThat(CheckedIn.BASELINE.json().path("paths").size()).isPositive();
        assertThat(Compatibility.breaks(CheckedIn.BASELINE.json(), CheckedIn.DOCUMENT.json()))
                .as("clients of the last release would break: keep what they use beside what is new; see CONTRIBUTING.md")
                .isEmpty();
    }

    @Test
    void findsNothingInADocumentThatIsTheSame() {
        assertThat(breaks(DOCUMENT, DOCUMENT)).isEmpty();
    }

    static Stream<Arguments> breaking() {
        return Stream.of(arguments("\"/things\"", "\"/stuff\"", "POST /things is gone"),
                arguments("\"post\"", "\"put\"", "POST /things is gone"),
                arguments("\"createThing\"", "\"makeThing\"", "operationId"),
                arguments("\"kind\"", "\"sort\"", "parameter kind is gone"),
                arguments("\"in\": \"query\", \"required\": false", "\"in\": \"query\", \"required\": true",
                        "parameter kind is required now"),
                arguments("\"maxLength\": 9", "\"maxLength\": 8", "narrower maxLength"),
                arguments("[\"a\", \"b\"]", "[\"a\"]", "has the value \"b\" no more"),
                arguments("\"required\": [\"name\"]", "\"required\": [\"name\", \"note\"]",
                        "field note is required now"),
                arguments("\"note\"", "\"remark\"", "field note is gone"),
                arguments("{\"type\": [\"string\", \"null\"]}", "{\"type\": \"string\"}", "field note was"),
                arguments("\"maxLength\": 5", "\"maxLength\": 5, \"pattern\": \"x\"", "another pattern"),
                arguments("\"maxLength\": 5", "\"maxLength\": 5, \"minLength\": 1", "narrower minLength"),
                arguments("\"maxLength\": 5", "\"maxLength\": 5, \"format\": \"uuid\"", "another format"),
                arguments("\"201\"", "\"202\"", "answer 201 is gone"),
                arguments("\"Location\"", "\"Place\"", "header Location is gone"),
                arguments("\"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#/components/schemas/Thing\"",
                        "\"content\": {\"text/plain\": {\"schema\": {\"$ref\": \"#/components/schemas/Thing\"",
                        "is not in application/json any more"),
                arguments("\"id\": {", "\"key\": {", "field id is gone"),
                arguments("[\"id\", \"state\"]", "[\"id\"]", "field state may be absent now"),
                arguments("\"id\": {\"type\": \"string\"}", "\"id\": {\"type\": \"integer\"}", "field id was"),
                arguments("\"id\": {\"type\": \"string\"}", "\"id\": {\"type\": [\"string\", \"null\"]}",
                        "field id was"),
                arguments("[\"ON\", \"OFF\"]", "[\"ON\"]", "has the value \"OFF\" no more"),
                arguments("{\"$ref\": \"#/components/schemas/NewThing\"}",
                        "{\"anyOf\": [{\"$ref\": \"#/components/schemas/Thing\"}]}", "not read any more in the form"),
                arguments("{\"$ref\": \"#/components/schemas/Thing\"}",
                        "{\"anyOf\": [{\"$ref\": \"#/components/schemas/Thing\"}, {\"type\": \"null\"}]}",
                        "may have the new form"));
    }

    @ParameterizedTest
    @MethodSource("breaking")
    void findsWhatBreaks(String was, String is, String found) {
        String changed = DOCUMENT.replace(was, is);

        assertThat(changed).isNotEqualTo(DOCUMENT);
        assertThat(breaks(DOCUMENT, changed)).anySatisfy(sentence -> assertThat(sentence).contains(found));
    }

    static Stream<Arguments> additions() {
        return Stream.of(arguments("{\"paths\": {", "{\"paths\": {\"/more\": {\"get\": {}}, "),
                arguments("\"parameters\": [",
                        "\"parameters\": [{\"name\": \"x\", \"in\": \"query\", \"schema\": {}}, "),
                arguments("\"maxLength\": 5", "\"maxLength\": 6"),
                arguments("\"required\": [\"name\"]", "\"required\": []"),
                arguments("\"properties\": {\"name\"", "\"properties\": {\"more\": {\"type\": \"string\"}, \"name\""),
                arguments("\"id\": {", "\"more\": {\"type\": \"string\"}, \"id\": {"),
                arguments("[\"ON\", \"OFF\"]", "[\"ON\", \"OFF\", \"DIM\"]"),
                arguments("[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]"),
                arguments("\"responses\": {", "\"responses\": {\"200\": {}, \"429\": {}, "));
    }

    @ParameterizedTest
    @MethodSource("additions")
    void letsPassWhatIsAdded(String was, String is) {
        String changed = DOCUMENT.replace(was, is);

        assertThat(changed).isNotEqualTo(DOCUMENT);
        assertThat(breaks(DOCUMENT, changed)).isEmpty();
    }

    private static List<String> breaks(String before, String after) {
        return Compatibility.breaks(json(before), json(after));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
