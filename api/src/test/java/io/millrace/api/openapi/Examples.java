package io.millrace.api.openapi;

import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whole examples, put together from those of the fields, for every JSON body that was not given one. */
final class Examples {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Examples() {
    }

    static void addTo(ObjectNode document) {
        document.path("paths").valueStream().flatMap(JsonNode::valueStream).forEach(operation -> {
            operation.at("/requestBody/content").valueStream().forEach(media -> add(document, media));
            operation.path("responses").valueStream().flatMap(answer -> answer.path("content").valueStream())
                    .forEach(media -> add(document, media));
        });
    }

    private static void add(JsonNode document, JsonNode media) {
        if (!media.has("example") && !media.has("examples")) {
            compose(document, media.path("schema")).ifPresent(example -> ((ObjectNode) media).set("example", example));
        }
    }

    /** Empty where a field has none. */
    static Optional<JsonNode> compose(JsonNode document, JsonNode schema) {
        if (schema.has("examples")) {
            return Optional.of(schema.path("examples").path(0));
        }
        if (schema.has("$ref")) {
            return compose(document, document.at(schema.path("$ref").asString().substring(1)));
        }
        if (schema.has("anyOf")) {
            return compose(document, schema.path("anyOf").path(0));
        }
        if (schema.has("enum")) {
            return Optional.of(schema.path("enum").path(0));
        }
        if (schema.path("type").toString().contains("array")) {
            return compose(document, schema.path("items")).map(item -> JSON.createArrayNode().add(item));
        }
        return schema.has("properties") ? object(document, schema) : Optional.empty();
    }

    private static Optional<JsonNode> object(JsonNode document, JsonNode schema) {
        ObjectNode example = JSON.createObjectNode();
        for (var property : schema.path("properties").properties()) {
            Optional<JsonNode> value = compose(document, property.getValue());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            example.set(property.getKey(), value.get());
        }
        return Optional.of(example);
    }
}
