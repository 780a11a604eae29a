package io.millrace.api.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.millrace.api.ApiUnderTest;
import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.JobCatalog;

import static org.assertj.core.api.Assertions.assertThat;

final class JobTypeControllerTest {

    private static final ApiUnderTest API = ApiUnderTest.shared();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Something for every kind of field, and much that fits none. */
    private static final List<String> VALUES = List.of("\"x\"", "\"ada@example.com\"",
            "\"0199a1b2-0000-7000-8000-000000000001\"", "\"https://example.com/\"", "\"2026-01-31T12:00:00Z\"",
            "\"PT5S\"",
            "null", "\"\"", "\" \"", "\"\\n\"", "\"a\\nb\"", "\"a\\u007fb\"", "\"nobody\"",
            "\"" + "a".repeat(201) + "\"",
            "\"" + "a".repeat(60_001) + "\"", "\"😀\"", "1", "0", "-1", "1.5", "1e30", "true", "{}", "[]", "[1]",
            "{\"x\": 1}", "\"0199a1b2\"",
            """
            {"id": "0199a1b2-0000-7000-8000-000000000001", "type": "x", "queue": "x", "state": "x",
             "attempt": 1, "labels": [], "finishedAt": null, "error": null}""");

    /** Its address and headers are judged by more than JSON Schema can say. */
    private static final Set<String> JUDGED_BY_CODE = Set.of("http-call");

    static Stream<JsonNode> types() {
        return StreamSupport.stream(API.get("/job-types").json().spliterator(), false);
    }

    @Test
    void saysWhatCallersHaveToKnow() {
        JsonNode mail = types().filter(type -> type.path("name").asString().equals("send-email")).findFirst()
                .orElseThrow();

        assertThat(types().map(type -> type.path("name").asString())).contains("profile-file", "send-welcome-email")
                .doesNotContain("deliver-webhook").isSorted();
        assertThat(mail.propertyNames()).containsExactly("name", "version", "schema", "queue", "priority",
                "retryPolicy",
                "timeout");
        assertThat(mail.path("queue").asString()).isEqualTo("mail");
        assertThat(mail.path("version").asInt()).isEqualTo(1);
        assertThat(mail.path("timeout").asString()).isEqualTo("PT1H");
        assertThat(mail.path("retryPolicy").toString())
                .isEqualTo("{\"maxAttempts\":35,\"backOff\":\"PT10S\",\"maxBackOff\":\"PT4H\"}");
        assertThat(mail.path("schema").path("required").toString()).isEqualTo("[\"to\",\"subject\",\"text\"]");
        assertThat(mail.at("/schema/properties/subject/maxLength").asInt()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("types")
    void hasASchemaThatSaysWhatReadingSays(JsonNode type) {
        String name = type.path("name").asString();
        JsonNode properties = type.path("schema").path("properties");
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(type.path("schema").toString(), InputFormat.JSON);
        ObjectNode valid = valid(name, properties);
        assertThat(refused(schema, valid)).as("%s", valid).isFalse();

        List<String> wrong = new ArrayList<>();
        properties.propertyNames().forEach(property -> {
            boolean isJudgedByCode = properties.path(property).toString().contains("\"format\"")
                    || JUDGED_BY_CODE.contains(name);
            VALUES.forEach(value -> {
                ObjectNode payload = valid.deepCopy();
                payload.set(property, JSON.readTree(value));
                compare(name, schema, payload, isJudgedByCode, wrong);
            });
            ObjectNode without = valid.deepCopy();
            without.remove(property);
            compare(name, schema, without, false, wrong);
        });
        compare(name, schema, valid.deepCopy().put("surplus", 1), false, wrong);
        assertThat(wrong).isEmpty();
    }

    /** Where a format is checked by code, reading may refuse more. */
    private static void compare(String type, Schema schema, ObjectNode payload, boolean isJudgedByCode,
            List<String> wrong) {
        boolean refused = refused(schema, payload);
        boolean refusedByReading = violation(type, payload).isPresent();
        if (isJudgedByCode ? refused && !refusedByReading : refused != refusedByReading) {
            String text = payload.toString();
            wrong.add("%s by the schema: %s".formatted(refused ? "refused" : "taken",
                    text.substring(0, Math.min(200, text.length()))));
        }
    }

    private static ObjectNode valid(String type, JsonNode properties) {
        ObjectNode valid = JSON.createObjectNode();
        for (int round = 0; round < 2; round++) {
            properties.propertyNames().forEach(property -> {
                for (int i = 0; i < VALUES.size() && isWrong(type, valid, property); i++) {
                    valid.set(property, JSON.readTree(VALUES.get(i)));
                }
            });
        }
        assertThat(violation(type, valid)).isEmpty();
        return valid;
    }

    private static boolean isWrong(String type, ObjectNode payload, String property) {
        return !payload.has(property) || violation(type, payload).stream()
                .anyMatch(refused -> refused.violations().stream().anyMatch(
                        violation -> violation.field().equals(property)
                                || violation.field().startsWith(property + ".")));
    }

    private static boolean refused(Schema schema, JsonNode payload) {
        return !schema.validate(payload.toString(), InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))).isEmpty();
    }

    private static Optional<InvalidPayload> violation(String type, JsonNode payload) {
        try {
            API.bean(JobCatalog.class).read(type, payload.toString());
            return Optional.empty();
        } catch (InvalidPayload e) {
            return Optional.of(e);
        }
    }
}
