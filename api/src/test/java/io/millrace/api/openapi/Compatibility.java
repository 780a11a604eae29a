package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import tools.jackson.databind.JsonNode;

/**
 * What of a new document breaks clients of an old one, a sentence each. What was asked for or answered before must still
 * be; further operations, optional parameters, fields of answers and values of texts are no break.
 */
final class Compatibility {

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaks = new ArrayList<>();

    private Compatibility(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    static List<String> breaks(JsonNode before, JsonNode after) {
        var compatibility = new Compatibility(before, after);
        before.path("paths").properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> compatibility.compare(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), operation.getValue(),
                        after.path("paths").path(path.getKey()).path(operation.getKey()))));
        return compatibility.breaks;
    }

    private void compare(String name, JsonNode old, JsonNode now) {
        if (now.isMissingNode()) {
            breaks.add(name + " is gone");
            return;
        }
        if (!old.path("operationId").equals(now.path("operationId"))) {
            breaks.add(name + " has another operationId, by which generated clients call it");
        }
        parameters(name, old.path("parameters"), now.path("parameters"));
        body(name, old.path("requestBody"), now.path("requestBody"));
        answers(name, old.path("responses"), now.path("responses"));
    }

    private void parameters(String name, JsonNode old, JsonNode now) {
        for (JsonNode parameter : old) {
            String of = name + ", parameter " + parameter.path("name").asString();
            same(parameter, now).ifPresentOrElse(
                    still -> schemas(Direction.REQUEST).compare(of, parameter.path("schema"), still.path("schema")),
                    () -> breaks.add(of + " is gone"));
        }
        for (JsonNode parameter : now) {
            boolean wasRequired = same(parameter, old).map(before -> isRequired(before)).orElse(false);
            if (isRequired(parameter) && !wasRequired) {
                breaks.add(name + ", parameter " + parameter.path("name").asString() + " is required now");
            }
        }
    }

    private static Optional<JsonNode> same(JsonNode parameter, JsonNode among) {
        return among.valueStream().filter(other -> other.path("name").equals(parameter.path("name"))
                && other.path("in").equals(parameter.path("in"))).findFirst();
    }

    private static boolean isRequired(JsonNode node) {
        return node.path("required").asBoolean(false);
    }

    private void body(String name, JsonNode old, JsonNode now) {
        if (isRequired(now) && !isRequired(old)) {
            breaks.add(name + ", request body is required now");
        }
        contents(name + ", request body", Direction.REQUEST, old, now);
    }

    /** Good ones: which errors there may be besides is nothing that a client can count on. */
    private void answers(String name, JsonNode old, JsonNode now) {
        old.properties().stream().filter(answer -> answer.getKey().startsWith("2")).forEach(answer -> {
            String of = name + ", answer " + answer.getKey();
            JsonNode still = now.path(answer.getKey());
            if (still.isMissingNode()) {
                breaks.add(of + " is gone");
                return;
            }
            answer.getValue().path("headers").propertyNames().stream()
                    .filter(header -> !still.path("headers").has(header))
                    .forEach(header -> breaks.add(of + ", header " + header + " is gone"));
            contents(of, Direction.ANSWER, answer.getValue(), still);
        });
    }

    private void contents(String of, Direction direction, JsonNode old, JsonNode now) {
        old.path("content").properties().forEach(media -> {
            JsonNode still = now.path("content").path(media.getKey());
            if (still.isMissingNode()) {
                breaks.add(of + " is not in " + media.getKey() + " any more");
            } else {
                schemas(direction).compare(of, media.getValue().path("schema"), still.path("schema"));
            }
        });
    }

    private SchemaCompatibility schemas(Direction direction) {
        return new SchemaCompatibility(before, after, direction, breaks);
    }
}
