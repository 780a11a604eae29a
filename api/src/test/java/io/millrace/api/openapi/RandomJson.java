package io.millrace.api.openapi;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that fit a schema; where chance finds none, its example. */
final class RandomJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int TRIES = 5;

    private final Random random;
    private final JsonNode document;
    private final DocumentSchemas schemas;
    private final KnownIds ids;

    RandomJson(Random random, JsonNode document, DocumentSchemas schemas, KnownIds ids) {
        this.random = random;
        this.document = document;
        this.schemas = schemas;
        this.ids = ids;
    }

    JsonNode fitting(String name, JsonNode schema) {
        for (int i = 0; i < TRIES; i++) {
            JsonNode value = value(name, schema);
            if (schemas.violations(schema, value).isEmpty()) {
                return value;
            }
        }
        return Examples.compose(document, schema).orElse(NODES.objectNode());
    }

    private JsonNode value(String name, JsonNode schema) {
        if (schema.has("$ref")) {
            return value(name, document.at(schema.path("$ref").asString().substring(1)));
        }
        if (schema.has("anyOf")) {
            return value(name, one(schema.path("anyOf").valueStream().toList()));
        }
        if (schema.has("enum")) {
            return one(schema.path("enum").valueStream().toList());
        }
        if (!schema.has("type") && schema.has("examples")) {
            // Anything, as far as the schema says; what it is about says more.
            return schema.path("examples").path(0);
        }
        List<String> types = types(schema);
        return switch (one(types)) {
            case "object" -> object(schema);
            case "array" -> NODES.arrayNode().addAll(random.ints(random.nextInt(3), 0, 1)
                    .mapToObj(i -> inItsLimits(name, schema.path("items"))).toList());
            case "integer" -> NODES.numberNode(integer(schema));
            case "number" -> NODES.numberNode(new BigDecimal(random.nextDouble() * 1000)
                    .setScale(random.nextInt(3), RoundingMode.DOWN));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "null" -> NODES.nullNode();
            default -> NODES.stringNode(text(name, schema));
        };
    }

    private long integer(JsonNode schema) {
        if (!schema.has("minimum")) {
            return random.nextLong(200) - 50;
        }
        long least = schema.path("minimum").asLong();
        return least + random.nextLong(schema.path("maximum").asLong(least + 1000) - least + 1);
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = NODES.objectNode();
        List<String> required = schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || random.nextInt(3) == 0) {
                object.set(property.getKey(), inItsLimits(property.getKey(), property.getValue()));
            }
        });
        return object;
    }

    /** A pattern's by themselves, all others with the whole. */
    private JsonNode inItsLimits(String name, JsonNode schema) {
        return schema.has("pattern") ? fitting(name, schema) : value(name, schema);
    }

    private String text(String name, JsonNode schema) {
        if (schema.path("pattern").asString("").equals(SimpleTypes.DURATION)) {
            // Short: some of them are waited for.
            return random.nextInt(name.equals("wait") ? 40 : 3) == 0 ? "PT1S" : "PT0S";
        }
        return switch (schema.path("format").asString("")) {
            case "uuid" -> random.nextInt(4) == 0
                    ? new UUID(random.nextLong(), random.nextLong()).toString()
                    : ids.of(name, random);
            case "date-time" -> one(List.of("2026-01-31T12:00:00Z", "1999-12-31T23:59:59.999999Z",
                    "2027-06-01T00:00:00+02:00"));
            case "email" -> "u" + HexFormat.of().toHexDigits(random.nextLong()) + "@example.org";
            default -> schema.has("examples") && random.nextBoolean()
                    ? schema.path("examples").path(0).asString("")
                    : letters(Math.min(schema.path("maxLength").asInt(60), 60));
        };
    }

    private String letters(int most) {
        String alphabet = one(List.of("abcXYZ 019-_.", "äöüßéŁ中文李 a", "<>\"'&%;|$`{}[]()\\/", "😀🎉a"));
        return random.ints(random.nextInt(most + 1), 0, alphabet.codePointCount(0, alphabet.length()))
                .mapToObj(i -> Character.toString(alphabet.codePointAt(alphabet.offsetByCodePoints(0, i))))
                .collect(Collectors.joining());
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream().map(JsonNode::asString).toList();
        }
        return List.of(type.asString("object"));
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    static String write(JsonNode json) {
        return JsonMapper.shared().writeValueAsString(json);
    }
}
