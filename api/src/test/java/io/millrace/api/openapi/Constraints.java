package io.millrace.api.openapi;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.validation.metadata.ConstraintDescriptor;

import tools.jackson.databind.node.ObjectNode;

/** Bean Validation in the words of JSON Schema, composed constraints included; a constraint of our own is left to its text. */
final class Constraints {

    private static final Set<Class<?>> REQUIRING = Set.of(NotNull.class, NotBlank.class, NotEmpty.class);

    private Constraints() {
    }

    static boolean require(Set<ConstraintDescriptor<?>> constraints) {
        return constraints.stream().anyMatch(constraint -> REQUIRING.contains(type(constraint)));
    }

    /** Which is what a primitive is where it is left out. */
    static boolean refuseZero(Set<ConstraintDescriptor<?>> constraints) {
        return constraints.stream().filter(constraint -> type(constraint) == Min.class)
                .anyMatch(constraint -> value(constraint.getAttributes(), "value", Long.class) > 0);
    }

    /** In one order, which the sets have not. */
    static void addTo(ObjectNode schema, Set<ConstraintDescriptor<?>> constraints) {
        constraints.stream().sorted(Comparator.comparing(Constraints::text))
                .forEach(constraint -> {
                    add(schema, type(constraint), constraint.getAttributes());
                    addTo(schema, constraint.getComposingConstraints());
                });
    }

    private static String text(ConstraintDescriptor<?> constraint) {
        Map<String, String> values = new TreeMap<>();
        constraint.getAttributes().forEach((name, value) -> values.put(name,
                value instanceof String || value instanceof Number ? value.toString() : ""));
        return type(constraint).getName() + values;
    }

    private static Class<?> type(ConstraintDescriptor<?> constraint) {
        return constraint.getAnnotation().annotationType();
    }

    private static void add(ObjectNode schema, Class<?> type, Map<String, Object> values) {
        if (type == Size.class) {
            size(schema, value(values, "min", Integer.class), value(values, "max", Integer.class));
        } else if (type == NotEmpty.class) {
            size(schema, 1, Integer.MAX_VALUE);
        } else if (type == NotBlank.class) {
            pattern(schema, "[\\s\\S]*\\S[\\s\\S]*");
        } else if (type == Pattern.class) {
            pattern(schema, value(values, "regexp", String.class));
        } else if (type == Email.class) {
            schema.put("format", "email");
        } else if (type == Min.class) {
            schema.put("minimum", value(values, "value", Long.class));
        } else if (type == Max.class) {
            schema.put("maximum", value(values, "value", Long.class));
        } else if (type == Positive.class) {
            schema.put("exclusiveMinimum", 0);
        } else if (type == PositiveOrZero.class) {
            schema.put("minimum", 0);
        } else if (type == DecimalMin.class) {
            schema.put(value(values, "inclusive", Boolean.class) ? "minimum" : "exclusiveMinimum", number(values));
        } else if (type == DecimalMax.class) {
            schema.put(value(values, "inclusive", Boolean.class) ? "maximum" : "exclusiveMaximum", number(values));
        } else if (type == Digits.class) {
            schema.put("exclusiveMaximum", BigDecimal.TEN.pow(value(values, "integer", Integer.class)));
            schema.put("multipleOf", BigDecimal.ONE.movePointLeft(value(values, "fraction", Integer.class)));
        }
    }

    private static <T> T value(Map<String, Object> values, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(values.get(name)));
    }

    private static BigDecimal number(Map<String, Object> values) {
        return new BigDecimal(value(values, "value", String.class));
    }

    private static void size(ObjectNode schema, int min, int max) {
        boolean list = schema.path("type").toString().contains("array");
        if (min > 0) {
            schema.put(list ? "minItems" : "minLength", min);
        }
        if (max < Integer.MAX_VALUE) {
            schema.put(list ? "maxItems" : "maxLength", max);
        }
    }

    /** Of two, each must match. JSON Schema looks for a pattern anywhere, and its dialect (ECMA 262) has no {@code (?s)}. */
    private static void pattern(ObjectNode schema, String regexp) {
        String whole = regexp.equals(".*") ? "" : "^(?:" + portable(regexp) + ")$";
        if (!schema.has("pattern")) {
            schema.put("pattern", whole);
        } else {
            schema.withArray("allOf").addObject().put("pattern", whole);
        }
    }

    private static String portable(String regexp) {
        return regexp.startsWith("(?s)")
                ? regexp.substring("(?s)".length()).replaceAll("(?<!\\\\)\\.", "[\\\\s\\\\S]")
                : regexp;
    }
}
