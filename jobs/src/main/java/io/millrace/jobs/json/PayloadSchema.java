package io.millrace.jobs.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import jakarta.validation.Validator;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerElementTypeDescriptor;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema (draft 2020-12) of a record as strict reading takes it: no further fields, a text is a text, a primitive is
 * never left out. Constraints are those the validator itself finds, so that the two cannot disagree. A type that is none of the usual
 * ones is left open.
 */
public final class PayloadSchema {

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Validator validator;

    /** Of records whose constraints {@code validator} checks. */
    public PayloadSchema(Validator validator) {
        this.validator = validator;
    }

    /** The schema of a payload. */
    public ObjectNode of(Class<?> payloadType) {
        ObjectNode schema = NODES.objectNode().put("$schema", DRAFT);
        schema.setAll(record(payloadType, 0));
        return schema;
    }

    private ObjectNode record(Class<?> type, int depth) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            properties.set(name, value(type, component, depth));
            if (component.getType().isPrimitive() || !mayBeNull(type, component)) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null || renamed.value().isEmpty() ? component.getName() : renamed.value();
    }

    private ObjectNode value(Class<?> type, RecordComponent component, int depth) {
        ObjectNode schema = of(component.getGenericType(), depth);
        var property = validator.getConstraintsForClass(type).getConstraintsForProperty(component.getName());
        boolean mayBeNull = !component.getType().isPrimitive();
        if (property != null) {
            mayBeNull &= ConstraintKeywords.add(property.getConstraintDescriptors(), schema);
            property.getConstrainedContainerElementTypes().forEach(element -> addTo(element, schema));
        }
        return mayBeNull ? orNull(schema) : schema;
    }

    private boolean mayBeNull(Class<?> type, RecordComponent component) {
        var property = validator.getConstraintsForClass(type).getConstraintsForProperty(component.getName());
        Set<ConstraintDescriptor<?>> constraints = property == null ? Set.of() : property.getConstraintDescriptors();
        return ConstraintKeywords.add(constraints, NODES.objectNode());
    }

    private static void addTo(ContainerElementTypeDescriptor element, ObjectNode schema) {
        String where = schema.has("items") ? "items" : "additionalProperties";
        boolean isKey = where.equals("additionalProperties") && element.getTypeArgumentIndex() == 0;
        if (!isKey && schema.get(where) instanceof ObjectNode elements) {
            ObjectNode plain = elements.has("anyOf") ? (ObjectNode) elements.get("anyOf").get(0) : elements;
            if (!ConstraintKeywords.add(element.getConstraintDescriptors(), plain)) {
                schema.set(where, plain);
            }
        }
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = NODES.objectNode();
        either.putArray("anyOf").add(schema).add(NODES.objectNode().put("type", "null"));
        return either;
    }

    private ObjectNode of(Type type, int depth) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (Collection.class.isAssignableFrom(raw)) {
                ObjectNode list = NODES.objectNode().put("type", "array");
                list.set("items", orNull(of(last, depth)));
                return list;
            }
            if (Map.class.isAssignableFrom(raw)) {
                ObjectNode map = NODES.objectNode().put("type", "object");
                map.set("additionalProperties", orNull(of(last, depth)));
                return map;
            }
        }
        return type instanceof Class<?> simple ? simple(simple, depth) : NODES.objectNode();
    }

    private ObjectNode simple(Class<?> type, int depth) {
        if (type.isRecord() && depth < 10) {
            return record(type, depth + 1);
        }
        if (type.isEnum()) {
            ObjectNode schema = NODES.objectNode();
            ArrayNode names = schema.putArray("enum");
            Arrays.stream(type.getEnumConstants()).forEach(name -> names.add(((Enum<?>) name).name()));
            return schema;
        }
        ObjectNode schema = NODES.objectNode();
        return switch (type.getName()) {
            case "java.lang.String" -> schema.put("type", "string");
            case "boolean", "java.lang.Boolean" -> schema.put("type", "boolean");
            case "byte", "java.lang.Byte" -> whole(schema, -128, 255);
            case "short", "java.lang.Short" -> whole(schema, Short.MIN_VALUE, Short.MAX_VALUE);
            case "int", "java.lang.Integer" -> whole(schema, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "long", "java.lang.Long" -> whole(schema, Long.MIN_VALUE, Long.MAX_VALUE);
            case "float", "java.lang.Float", "double", "java.lang.Double" -> schema.put("type", "number");
            default -> other(type, schema);
        };
    }

    private static ObjectNode other(Class<?> type, ObjectNode schema) {
        if (type == BigInteger.class) {
            return schema.put("type", "integer");
        }
        if (type == BigDecimal.class) {
            return schema.put("type", "number");
        }
        if (type == UUID.class) {
            return schema.put("type", "string").put("format", "uuid");
        }
        if (type == Instant.class) {
            return schema.put("type", "string").put("format", "date-time");
        }
        if (type == Duration.class) {
            return schema.put("type", "string").put("format", "duration");
        }
        return type == URI.class ? schema.put("type", "string").put("format", "uri-reference") : schema;
    }

    private static ObjectNode whole(ObjectNode schema, long min, long max) {
        return schema.put("type", "integer").put("minimum", min).put("maximum", max);
    }
}
