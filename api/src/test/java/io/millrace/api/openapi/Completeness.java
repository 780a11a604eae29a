package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/** What a document owes its readers: a sentence for each of its gaps. */
final class Completeness {

    private final JsonNode document;
    private final List<String> gaps = new ArrayList<>();

    private Completeness(JsonNode document) {
        this.document = document;
    }

    static List<String> gaps(JsonNode document) {
        var completeness = new Completeness(document);
        completeness.operations();
        document.at("/components/schemas").properties()
                .forEach(schema -> completeness.schema("schema " + schema.getKey(), schema.getValue()));
        return completeness.gaps;
    }

    private void operations() {
        Set<String> ids = new HashSet<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(entry -> {
            String name = entry.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
            JsonNode operation = entry.getValue();
            require(name, operation, "operationId", "summary", "tags");
            if (operation.has("operationId") && !ids.add(operation.path("operationId").asString())) {
                gaps.add(name + ": another operation has its operationId");
            }
            parameters(name, operation);
            body(name, operation);
            answers(name, operation);
        }));
    }

    private void parameters(String name, JsonNode operation) {
        operation.path("parameters").forEach(parameter -> {
            String of = name + ", parameter " + parameter.path("name").asString();
            require(of, parameter, "description", "schema");
            if (parameter.path("in").asString().equals("path") || parameter.path("required").asBoolean(false)) {
                require(of, parameter, "example");
            }
        });
    }

    private void body(String name, JsonNode operation) {
        operation.at("/requestBody/content").properties()
                .forEach(media -> content(name + ", request body", media.getKey(),
                        media.getValue()));
    }

    private void answers(String name, JsonNode operation) {
        boolean good = false;
        for (var answer : operation.path("responses").properties()) {
            String of = name + ", answer " + answer.getKey();
            JsonNode described = resolve(answer.getValue());
            require(of, described, "description");
            boolean isError = answer.getKey().compareTo("400") >= 0;
            good |= !isError;
            described.path("content").properties()
                    .forEach(media -> content(of, media.getKey(), media.getValue()));
            if (isError && !described.path("content").has("application/problem+json")) {
                gaps.add(of + ": is no problem");
            }
            if (answer.getKey().equals("200") && !described.has("content") && !name.startsWith("HEAD ")) {
                gaps.add(of + ": has no content");
            }
            described.path("headers").properties().stream().filter(header -> resolve(header.getValue()).isMissingNode())
                    .forEach(header -> gaps.add(of + ": its header " + header.getKey() + " is not in common.yml"));
        }
        if (!good) {
            gaps.add(name + ": has no good answer");
        }
    }

    private void content(String of, String mediaType, JsonNode media) {
        require(of + " in " + mediaType, media, "schema");
        if (!media.has("example") && !media.has("examples")) {
            gaps.add(of + " in " + mediaType + ": has no example; give one to each field of its schema");
        }
        schema(of + " in " + mediaType, media.path("schema"));
    }

    private void schema(String of, JsonNode schema) {
        if (of.startsWith("schema ") && !schema.has("$ref")) {
            require(of, schema, "description");
        }
        schema.path("properties").properties()
                .forEach(property -> {
                    if (!of.contains(", answer ")) {
                        require(of + ", field " + property.getKey(), property.getValue(), "description");
                    }
                });
    }

    private void require(String of, JsonNode node, String... keys) {
        for (String key : keys) {
            JsonNode value = node.path(key);
            if (value.isMissingNode() || (value.isString() && value.asString().isBlank())) {
                gaps.add(of + ": has no " + key);
            }
        }
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }
}
