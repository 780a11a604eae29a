package io.millrace.jobs.json;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jakarta.validation.metadata.ConstraintDescriptor;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the constraints of a value say in JSON Schema's words, those that others are composed of included. */
final class ConstraintKeywords {

    private final ObjectNode schema;
    private final boolean isText;
    private final boolean isMap;
    private boolean mayBeNull = true;

    private ConstraintKeywords(ObjectNode schema) {
        this.schema = schema;
        String type = schema.path("type").asString("");
        this.isText = type.equals("string");
        this.isMap = type.equals("object");
    }

    /** Adds the keywords to the schema of a value; whether null stays valid. */
    static boolean add(Set<ConstraintDescriptor<?>> constraints, ObjectNode schema) {
        var keywords = new ConstraintKeywords(schema);
        constraints.forEach(keywords::add);
        return keywords.mayBeNull;
    }

    private void add(ConstraintDescriptor<?> constraint) {
        if (!constraint.getGroups().isEmpty()
                && !constraint.getGroups().contains(jakarta.validation.groups.Default.class)) {
            return;
        }
        Map<String, Object> with = constraint.getAttributes();
        switch (constraint.getAnnotation().annotationType().getSimpleName()) {
            case "NotNull" -> mayBeNull = false;
            case "NotEmpty" -> {
                mayBeNull = false;
                size(1, Integer.MAX_VALUE);
            }
            case "NotBlank" -> {
                mayBeNull = false;
                pattern("[^\\u0000-\\u0020]");
            }
            case "Size" -> size(said(with, "min", Integer.class), said(with, "max", Integer.class));
            case "Min" -> schema.put("minimum", said(with, "value", Long.class));
            case "Max" -> schema.put("maximum", said(with, "value", Long.class));
            case "Positive" -> schema.put("exclusiveMinimum", 0);
            case "PositiveOrZero" -> schema.put("minimum", 0);
            case "Negative" -> schema.put("exclusiveMaximum", 0);
            case "NegativeOrZero" -> schema.put("maximum", 0);
            case "DecimalMin" -> bound("inimum", with);
            case "DecimalMax" -> bound("aximum", with);
            case "Email" -> schema.put("format", "email");
            case "Pattern" -> pattern(with);
            default -> {
                // Code, or what it is composed of: that says the rest.
            }
        }
        constraint.getComposingConstraints().forEach(this::add);
    }

    /** A text's characters are UTF-16's in Java and Unicode's in JSON Schema, of which one may be two of those. */
    private void size(int min, int max) {
        String what = isText ? "Length" : isMap ? "Properties" : "Items";
        int least = isText ? (min + 1) / 2 : min;
        if (least > 0) {
            schema.put("min" + what, Math.max(least, schema.path("min" + what).asInt(0)));
        }
        if (max < Integer.MAX_VALUE) {
            schema.put("max" + what, Math.min(max, schema.path("max" + what).asInt(max)));
        }
    }

    private static <T> T said(Map<String, Object> with, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(with.get(name)));
    }

    private void bound(String which, Map<String, Object> with) {
        boolean inclusive = said(with, "inclusive", Boolean.class);
        String name = inclusive ? "m" + which : "exclusiveM" + which;
        schema.put(name, new BigDecimal(String.valueOf(with.get("value"))));
    }

    private void pattern(Map<String, Object> with) {
        if (said(with, "flags", Object[].class).length == 0) {
            EcmaPattern.of(String.valueOf(with.get("regexp"))).ifPresent(this::pattern);
        }
    }

    /** There may be several. */
    private void pattern(String regexp) {
        if (!schema.has("pattern")) {
            schema.put("pattern", regexp);
            return;
        }
        ArrayNode all = schema.has("allOf") ? (ArrayNode) schema.get("allOf") : schema.putArray("allOf");
        all.add(JsonNodeFactory.instance.objectNode().put("pattern", regexp));
    }
}
