package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;

/** The same of two schemas: a request must not be narrowed, an answer not be widened, and nothing in it may go. */
final class SchemaCompatibility {

    /** Each with the sign of the change that leaves less room. */
    private static final Map<String, Integer> LIMITS = Map.of("minLength", 1, "minItems", 1, "minimum", 1,
            "exclusiveMinimum", 1, "minProperties", 1, "maxLength", -1, "maxItems", -1, "maximum", -1,
            "exclusiveMaximum", -1, "maxProperties", -1);
    private static final List<String> EXACT = List.of("pattern", "multipleOf", "uniqueItems", "const");

    private final JsonNode before;
    private final JsonNode after;
    private final Direction direction;
    private final List<String> breaks;
    private final Set<String> seen = new HashSet<>();

    SchemaCompatibility(JsonNode before, JsonNode after, Direction direction, List<String> breaks) {
        this.before = before;
        this.after = after;
        this.direction = direction;
        this.breaks = breaks;
    }

    void compare(String of, JsonNode old, JsonNode now) {
        if (old.has("$ref") && !seen.add(old + " " + now)) {
            return;
        }
        JsonNode was = resolve(before, old);
        JsonNode is = resolve(after, now);
        if (was.has("anyOf") || is.has("anyOf")) {
            alternatives(of, was, is);
            return;
        }
        types(of, was, is);
        values(of, was.path("enum"), is.path("enum"));
        if (!was.path("format").equals(is.path("format"))) {
            breaks.add(of + " has another format");
        }
        if (direction == Direction.REQUEST) {
            limits(of, was, is);
        }
        properties(of, was, is);
        if (was.has("items")) {
            compare(of + "[]", was.path("items"), is.path("items"));
        }
        if (was.path("additionalProperties").isObject()) {
            compare(of + ".*", was.path("additionalProperties"), is.path("additionalProperties"));
        }
    }

    /** Each old form must still be read; each new form must be one that was written before. */
    private void alternatives(String of, JsonNode was, JsonNode is) {
        List<JsonNode> from = forms(direction == Direction.REQUEST ? was : is);
        List<JsonNode> to = forms(direction == Direction.REQUEST ? is : was);
        for (JsonNode form : from) {
            boolean fits = to.stream().anyMatch(other -> {
                List<String> found = new ArrayList<>();
                var part = new SchemaCompatibility(before, after, direction, found);
                if (direction == Direction.REQUEST) {
                    part.compare(of, form, other);
                } else {
                    part.compare(of, other, form);
                }
                return found.isEmpty();
            });
            if (!fits) {
                breaks.add(of + (direction == Direction.REQUEST
                        ? " is not read any more in the form "
                        : " may have the new form ") + form.path("$ref").asString(form.toString()));
            }
        }
    }

    private static List<JsonNode> forms(JsonNode schema) {
        return schema.has("anyOf") ? schema.path("anyOf").valueStream().toList() : List.of(schema);
    }

    private void types(String of, JsonNode was, JsonNode is) {
        Set<String> old = types(was);
        Set<String> now = types(is);
        // No type is any type.
        boolean fits = direction == Direction.REQUEST
                ? now.isEmpty() || (!old.isEmpty() && now.containsAll(old))
                : old.isEmpty() || (!now.isEmpty() && old.containsAll(now));
        if (!fits) {
            breaks.add(of + " was " + old + " and is " + now);
        }
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return Stream.concat(type.isString() ? Stream.of(type) : Stream.empty(), type.valueStream())
                .map(JsonNode::asString).collect(Collectors.toSet());
    }

    private void values(String of, JsonNode old, JsonNode now) {
        if (old.isMissingNode() && now.isArray() && direction == Direction.REQUEST) {
            breaks.add(of + " takes only some values now");
        }
        if (now.isArray()) {
            old.valueStream().filter(value -> now.valueStream().noneMatch(value::equals))
                    .forEach(value -> breaks.add(of + " has the value " + value + " no more"));
        }
    }

    private void limits(String of, JsonNode was, JsonNode is) {
        LIMITS.forEach((limit, narrower) -> {
            if (is.has(limit) && (!was.has(limit) || Integer.signum(is.path(limit).decimalValue()
                    .compareTo(was.path(limit).decimalValue())) == narrower)) {
                breaks.add(of + " has a narrower " + limit);
            }
        });
        EXACT.stream().filter(key -> is.has(key) && !is.path(key).equals(was.path(key)))
                .forEach(key -> breaks.add(of + " has another " + key));
    }

    private void properties(String of, JsonNode was, JsonNode is) {
        was.path("properties").properties().forEach(property -> {
            JsonNode still = is.path("properties").path(property.getKey());
            String field = of + ", field " + property.getKey();
            if (still.isMissingNode()) {
                breaks.add(field + " is gone");
            } else {
                compare(field, property.getValue(), still);
            }
        });
        Set<String> old = required(was);
        Set<String> now = required(is);
        (direction == Direction.REQUEST ? minus(now, old) : minus(old, now)).filter(
                field -> direction == Direction.REQUEST || is.path("properties").has(field))
                .forEach(field -> breaks.add(of + ", field " + field
                        + (direction == Direction.REQUEST ? " is required now" : " may be absent now")));
    }

    private static Stream<String> minus(Set<String> all, Set<String> without) {
        return all.stream().filter(one -> !without.contains(one)).sorted();
    }

    private static Set<String> required(JsonNode schema) {
        return schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
    }
}
