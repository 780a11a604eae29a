package io.millrace.api.openapi;

import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A JSON body with one thing wrong. */
final class BadBodies {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TYPE = "application/json";

    static final String LINES = "application/x-ndjson";

    private final Random random;
    private final JsonNode document;

    BadBodies(Random random, JsonNode document) {
        this.random = random;
        this.document = document;
    }

    record Bad(String contentType, @Nullable String body, String wrong) {
    }

    /** {@code described} is the operation's {@code requestBody}. */
    Bad of(@Nullable String proper, JsonNode described) {
        String body = proper == null || proper.isEmpty() ? "{}" : proper;
        if (!described.path("content").has(LINES)) {
            return of(body, described.at("/content/application~1json/schema"),
                    described.path("required").asBoolean(false));
        }
        String line = body.startsWith("[") ? "{}" : body.split("\n", -1)[0];
        return random.nextBoolean()
                ? lines(line)
                : inAList(of(line, described.at("/content/application~1json/schema/items"), true));
    }

    /** What is wrong alone is no better in a list. */
    private static Bad inAList(Bad bad) {
        return new Bad(bad.contentType(), bad.body() == null ? null : "[" + bad.body() + "]", bad.wrong());
    }

    private Bad of(String body, JsonNode schema, boolean required) {
        return switch (random.nextInt(12)) {
            case 0 -> new Bad(TYPE, body.substring(0, 1 + random.nextInt(body.length() - 1)), "cut short");
            case 1 -> new Bad(TYPE, "[".repeat(5_000) + "]".repeat(5_000), "deep");
            case 2 -> new Bad(TYPE, null, required ? "no body" : "");
            case 3 -> new Bad(TYPE, "[" + body + "]", "a list");
            case 4 -> new Bad(TYPE, "\"text\"", "a text");
            case 5 -> new Bad("text/plain", body, "another type");
            case 6 -> new Bad("application/x-www-form-urlencoded", "a=b", "a form");
            case 7 -> new Bad(TYPE, "\u0000\ufffe" + body, "not JSON");
            case 8 -> new Bad(TYPE, body.replaceFirst("\\{", "{\"noSuchField\": 1" + (body.equals("{}") ? "" : ", ")),
                    body.startsWith("{") ? "an unknown field" : "");
            case 9 -> new Bad(TYPE, "{\"x\": \"" + "x".repeat(1_100_000) + "\"}", "too large");
            default -> field(body, schema);
        };
    }

    private Bad lines(String body) {
        String bad = List.of("", "\n \n", "{}", "null", "[]", "{\"type\": \"profile-file\"}", "\u0000", "}",
                "{\"noSuchField\": 1}",
                "{\"type\": \"echo\", \"payload\": \"" + "x".repeat(70_000) + "\"}").get(random.nextInt(10));
        // Alone, or behind what may be right.
        return new Bad(LINES, bad.isBlank() || random.nextBoolean() ? bad : body + "\n" + bad, "a bad line");
    }

    private Bad field(String body, JsonNode schema) {
        JsonNode described = schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
        List<String> required = described.path("required").valueStream().map(JsonNode::asString).toList();
        List<String> fields = List.copyOf(described.path("properties").propertyNames());
        if (!(JSON.readTree(body) instanceof ObjectNode object) || fields.isEmpty()) {
            return new Bad(TYPE, body, "");
        }
        String field = fields.get(random.nextInt(fields.size()));
        if (required.contains(field) && random.nextBoolean()) {
            object.remove(field);
            return new Bad(TYPE, RandomJson.write(object), "without " + field);
        }
        JsonNode bad = JSON.readTree(switch (random.nextInt(6)) {
            case 0 -> "\"a\\u0000b\"";
            case 1 -> "\"half a pair \\ud800\"";
            case 2 -> "{\"a\": [{}]}";
            case 3 -> "99999999999999999999999999999999";
            case 4 -> "[[null]]";
            default -> "\"" + "x".repeat(20_000) + "\"";
        });
        object.set(field, bad);
        // Whether it is wrong depends on the field; that it is answered properly does not.
        String wrong = DocumentSchemas.of(document).violations(schema, object).isEmpty() ? "" : "a bad " + field;
        return new Bad(TYPE, RandomJson.write(object), wrong);
    }
}
