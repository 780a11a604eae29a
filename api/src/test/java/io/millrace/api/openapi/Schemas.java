package io.millrace.api.openapi;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jakarta.validation.Validator;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerElementTypeDescriptor;
import jakarta.validation.metadata.ElementDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schema (2020-12) of our types, as the application's own mapper reads and writes them: names and order are Jackson's,
 * limits Bean Validation's, {@code null} is where JSpecify's {@link Nullable} is. Classes go by reference.
 */
final class Schemas {

    private final JsonMapper json;
    private final Validator validator;
    private final Texts texts;
    private final Map<String, ObjectNode> named = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();
    private final List<String> gaps = new ArrayList<>();

    Schemas(JsonMapper json, Validator validator, Texts texts) {
        this.json = json;
        this.validator = validator;
        this.texts = texts;
    }

    /** All that have been referred to. */
    Map<String, ObjectNode> named() {
        return named;
    }

    /** What could not be told of them. */
    List<String> gaps() {
        return gaps;
    }

    ObjectNode of(String canonicalType, Direction direction) {
        return of(json.getTypeFactory().constructFromCanonical(canonicalType), direction);
    }

    ObjectNode of(JavaType type, Direction direction) {
        ObjectNode simple = SimpleTypes.schema(type.getRawClass(), json);
        if (simple != null) {
            return simple;
        }
        if (type.isCollectionLikeType() || type.isArrayType()) {
            ObjectNode array = json.createObjectNode().put("type", "array");
            array.set("items", of(type.getContentType(), direction));
            if (type.isTypeOrSubTypeOf(Set.class)) {
                array.put("uniqueItems", true);
            }
            return array;
        }
        if (type.isMapLikeType()) {
            ObjectNode map = json.createObjectNode().put("type", "object");
            map.set("additionalProperties", of(type.getContentType(), direction));
            return map;
        }
        return json.createObjectNode().put("$ref", "#/components/schemas/" + define(type, direction));
    }

    /** With the limits of a parameter or a property. */
    ObjectNode of(JavaType type, Direction direction, @Nullable ElementDescriptor limits) {
        ObjectNode schema = of(type, direction);
        if (limits != null) {
            Constraints.addTo(schema, limits.getConstraintDescriptors());
            if (schema.get("items") instanceof ObjectNode items) {
                elements(limits).forEach(element -> Constraints.addTo(items, element.getConstraintDescriptors()));
            }
        }
        return schema;
    }

    private static Set<ContainerElementTypeDescriptor> elements(ElementDescriptor limits) {
        return limits instanceof PropertyDescriptor property
                ? property.getConstrainedContainerElementTypes()
                : Set.of();
    }

    private String define(JavaType type, Direction direction) {
        String name = name(type, direction);
        String owner = type.toCanonical() + " " + direction;
        String known = owners.putIfAbsent(name, owner);
        if (known == null) {
            ObjectNode schema = json.createObjectNode();
            named.put(name, schema);
            describe(schema, name, type, direction);
        } else if (!known.equals(owner)) {
            gaps.add("schema " + name + ": is both " + known + " and " + owner + "; name one of the classes otherwise");
        }
        return name;
    }

    /** {@code asked} of its texts where it is asked for, if it is answered too: what is required of it differs. */
    private String name(JavaType type, Direction direction) {
        String name = type.getRawClass().getSimpleName();
        if (type.containedTypeCount() > 0) {
            return name + "Of" + type.getBindings().getTypeParameters().stream().map(of -> name(of, direction))
                    .collect(Collectors.joining("And"));
        }
        return direction == Direction.REQUEST ? texts.schema(name).path("asked").asString(name) : name;
    }

    private void describe(ObjectNode schema, String name, JavaType type, Direction direction) {
        var told = new ToldOfSchema(texts.schema(name));
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (BeanPropertyDefinition property : properties(type, direction)) {
            String field = property.getName();
            Field element = field(type.getRawClass(), property.getInternalName());
            ObjectNode described = property(property, element, type.getRawClass(), direction);
            told.describe(field, described);
            properties.set(field, described);
            if (isRequired(type.getRawClass(), property, element, direction, name)) {
                schema.withArray("required").add(field);
            }
        }
        if (direction == Direction.REQUEST) {
            schema.put("additionalProperties", false);
        }
        told.describe(schema);
    }

    private List<BeanPropertyDefinition> properties(JavaType type, Direction direction) {
        var config = direction == Direction.REQUEST ? json.deserializationConfig() : json.serializationConfig();
        var introspector = config.classIntrospectorInstance().forOperation(config);
        var annotated = introspector.introspectClassAnnotations(type);
        return direction == Direction.REQUEST
                ? introspector.introspectForDeserialization(type, annotated).findProperties().stream()
                        .filter(BeanPropertyDefinition::couldDeserialize).toList()
                : introspector.introspectForSerialization(type, annotated).findProperties().stream()
                        .filter(BeanPropertyDefinition::couldSerialize).toList();
    }

    private ObjectNode property(BeanPropertyDefinition property, Field element, Class<?> owner,
            Direction direction) {
        ObjectNode schema = element.isAnnotationPresent(JsonRawValue.class)
                ? json.createObjectNode()
                : of(property.getPrimaryType(), direction,
                        validator.getConstraintsForClass(owner).getConstraintsForProperty(property.getInternalName()));
        return isNullable(element, direction) ? orNull(schema) : schema;
    }

    private ObjectNode orNull(ObjectNode schema) {
        if (schema.has("$ref")) {
            ObjectNode either = json.createObjectNode();
            either.withArray("anyOf").add(schema).addObject().put("type", "null");
            return either;
        }
        if (schema.has("type")) {
            String type = schema.path("type").asString();
            schema.putArray("type").add(type).add("null");
        }
        if (schema.has("enum")) {
            schema.withArray("enum").addNull();
        }
        return schema;
    }

    /** Jackson leaves it out, or refuses it, where it is told to. */
    private static boolean isNullable(Field element, Direction direction) {
        if (!element.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return false;
        }
        JsonSetter setter = element.getAnnotation(JsonSetter.class);
        return direction == Direction.REQUEST
                ? setter == null || setter.nulls() != Nulls.FAIL
                : !isLeftOut(element);
    }

    private static boolean isLeftOut(AnnotatedElement element) {
        JsonInclude include = element.getAnnotation(JsonInclude.class);
        return include != null && include.value() != JsonInclude.Include.ALWAYS;
    }

    private boolean isRequired(Class<?> owner, BeanPropertyDefinition property, Field element,
            Direction direction, String name) {
        boolean mayBeNull = element.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (direction == Direction.ANSWER) {
            return !isLeftOut(element) && !(mayBeNull && isLeftOut(owner));
        }
        PropertyDescriptor limits = validator.getConstraintsForClass(owner)
                .getConstraintsForProperty(property.getInternalName());
        Set<ConstraintDescriptor<?>> constraints = limits == null ? Set.of() : limits.getConstraintDescriptors();
        boolean required = Constraints.require(constraints)
                || (property.getRawPrimaryType().isPrimitive() && Constraints.refuseZero(constraints));
        if (!required && !mayBeNull && !property.getRawPrimaryType().isPrimitive()) {
            gaps.add("schema " + name + ", " + property.getName() + ": is neither @NotNull nor @Nullable");
        }
        return required;
    }

    /** A record's too: not all of Jackson's annotations may stand on a component. */
    private static Field field(Class<?> owner, String name) {
        try {
            return owner.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(owner + " has no field " + name, e);
        }
    }
}
