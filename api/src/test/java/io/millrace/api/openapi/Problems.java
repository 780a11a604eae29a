package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The error answers. Each kind in {@code common.yml} says when an operation may answer it: always, or where it has an
 * {@code input}, a {@code path} variable, a JSON {@code body}, a {@code representation}; or only where the operation names it.
 */
final class Problems {

    private static final String KINDS = "problems";

    private final JsonMapper json;
    private final JsonNode kinds;

    Problems(JsonMapper json, Texts texts) {
        this.json = json;
        this.kinds = texts.common(KINDS);
    }

    /** One answer a status; those of one kind alone go by reference. */
    void addTo(ObjectNode answers, ObjectNode operation, JsonNode told) {
        Map<String, List<String>> byStatus = new TreeMap<>();
        kinds.propertyNames().stream().filter(kind -> applies(kind, operation, told))
                .forEach(kind -> byStatus
                        .computeIfAbsent(kinds.path(kind).path("status").asString(), status -> new ArrayList<>())
                        .add(kind));
        byStatus.forEach((status, of) -> answers.set(status, of.size() == 1
                ? json.createObjectNode().put("$ref", "#/components/responses/" + of.getFirst())
                : answer(of)));
    }

    /** For {@code components.responses}. */
    Map<String, ObjectNode> answers() {
        Map<String, ObjectNode> answers = new TreeMap<>();
        kinds.propertyNames().forEach(kind -> answers.put(kind, answer(List.of(kind))));
        return answers;
    }

    /** The values that {@code type} may have. */
    List<String> types() {
        return kinds.propertyNames().stream().map(Problems::type).toList();
    }

    private boolean applies(String kind, ObjectNode operation, JsonNode told) {
        if (told.path(KINDS).valueStream().anyMatch(named -> named.asString().equals(kind))) {
            return true;
        }
        if (told.path("never").valueStream().anyMatch(named -> named.asString().equals(kind))) {
            return false;
        }
        return switch (kinds.path(kind).path("when").asString("")) {
            case "always" -> true;
            case "input" -> operation.has("requestBody")
                    || operation.path("parameters").valueStream().anyMatch(p -> !in(p, "path") || limits(p));
            case "path" -> operation.path("parameters").valueStream().anyMatch(p -> in(p, "path"));
            case "body" -> operation.at("/requestBody/content").has("application/json");
            case "representation" -> operation.path("responses").valueStream().anyMatch(a -> a.has("content"));
            default -> false;
        };
    }

    private static boolean in(JsonNode parameter, String where) {
        return parameter.path("in").asString().equals(where);
    }

    /** An id of the wrong form is not there; a text that a pattern refuses is an error. */
    private static boolean limits(JsonNode parameter) {
        return parameter.path("schema").has("pattern");
    }

    private ObjectNode answer(List<String> of) {
        ObjectNode answer = json.createObjectNode();
        answer.put("description", String.join(" Or: ", of.stream().map(kind -> kinds.path(kind).path("text").asString())
                .toList()));
        for (String kind : of) {
            kinds.path(kind).path("headers").valueStream().map(JsonNode::asString)
                    .forEach(header -> answer.withObject("headers").putObject(header).put("$ref",
                            "#/components/headers/" + header));
        }
        ObjectNode content = answer.withObject("content").withObject("application/problem+json");
        ObjectNode schema = content.putObject("schema");
        schema.withArray("allOf").addObject().put("$ref", "#/components/schemas/Problem");
        of.forEach(kind -> schema.withObject("properties").withObject("type").withArray("enum").add(type(kind)));
        of.forEach(kind -> content.withObject("examples").withObject(kind).set("value", example(kind)));
        return answer;
    }

    private ObjectNode example(String kind) {
        JsonNode told = kinds.path(kind);
        ObjectNode example = json.createObjectNode().put("type", type(kind)).put("title", told.path("title").asString())
                .put("status", told.path("status").asInt());
        if (told.has("detail")) {
            example.put("detail", told.path("detail").asString());
        }
        ToldOfSchema.merge(example, told.path("further"));
        return example;
    }

    private static String type(String kind) {
        return "/problems/" + kind;
    }
}
