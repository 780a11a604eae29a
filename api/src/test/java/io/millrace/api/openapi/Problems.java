package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The error answers. Each kind in {@code common.yml} says when an operation may answer it: always, or where it has
 * a {@code path} variable, a {@code body}, one of {@code json}, a {@code page}, a {@code representation}; or only where
 * the operation names it.
 */
final class Problems {

    private static final String KINDS = "problems";

    private final JsonMapper json;
    private final JsonNode kinds;
    private final JsonNode headers;

    Problems(JsonMapper json, Texts texts) {
        this.json = json;
        this.kinds = texts.common(KINDS);
        this.headers = texts.common("headers");
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
        return kinds.propertyNames().stream().map(this::type).distinct().toList();
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
            case "path" -> operation.path("parameters").valueStream().anyMatch(p -> in(p, "path"));
            case "body" -> operation.has("requestBody");
            case "json" -> operation.at("/requestBody/content").has("application/json");
            case "page" -> operation.path("parameters").valueStream()
                    .anyMatch(p -> p.path("name").asString().equals("cursor"));
            case "representation" -> operation.path("responses").valueStream().anyMatch(a -> a.has("content"));
            default -> false;
        };
    }

    private static boolean in(JsonNode parameter, String where) {
        return parameter.path("in").asString().equals(where);
    }

    private ObjectNode answer(List<String> of) {
        ObjectNode answer = json.createObjectNode();
        answer.put("description", String.join(" Or: ", of.stream().map(kind -> kinds.path(kind).path("text").asString())
                .toList()));
        of.stream().flatMap(this::headers).distinct().forEach(header -> answer.withObject("headers").set(header,
                header(header, of.stream().allMatch(kind -> headers(kind).anyMatch(header::equals)))));
        ObjectNode content = answer.withObject("content").withObject("application/problem+json");
        ObjectNode schema = content.putObject("schema");
        schema.withArray("allOf").addObject().put("$ref", "#/components/schemas/Problem");
        of.stream().map(this::type).distinct()
                .forEach(type -> schema.withObject("properties").withObject("type").withArray("enum").add(type));
        of.forEach(kind -> content.withObject("examples").withObject(kind).set("value", example(kind)));
        return answer;
    }

    private Stream<String> headers(String kind) {
        return kinds.path(kind).path("headers").valueStream().map(JsonNode::asString);
    }

    /** One that only some of the kinds have is not required. */
    private ObjectNode header(String name, boolean always) {
        return always
                ? json.createObjectNode().put("$ref", "#/components/headers/" + name)
                : ((ObjectNode) headers.path(name).deepCopy()).put("required", false);
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

    /** Some statuses have that of their nearest relative. */
    private String type(String kind) {
        return "/problems/" + kinds.path(kind).path("type").asString(kind);
    }
}
