package io.millrace.api.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;

import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of an operation: those of its method's signature, and what its texts add. */
final class Parameters {

    private final JsonMapper json;
    private final Validator validator;
    private final Schemas schemas;
    private final Texts texts;

    Parameters(JsonMapper json, Validator validator, Schemas schemas, Texts texts) {
        this.json = json;
        this.validator = validator;
        this.schemas = schemas;
        this.texts = texts;
    }

    ArrayNode of(HandlerMethod handler, JsonNode told) {
        Map<String, ObjectNode> parameters = new LinkedHashMap<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
            ObjectNode described = describe(parameter);
            if (described != null) {
                parameters.put(described.path("name").asString(), described);
            }
        }
        told.path("parameters").propertyNames().forEach(name -> parameters.computeIfAbsent(name,
                absent -> json.createObjectNode().put("name", absent).put("in", "query")));
        parameters.forEach((name, parameter) -> add(parameter, told.path("parameters").has(name)
                ? told.path("parameters").path(name)
                : texts.common("parameters").path(name)));
        ArrayNode all = json.createArrayNode();
        parameters.values().forEach(all::add);
        return all;
    }

    private @Nullable ObjectNode describe(MethodParameter parameter) {
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        if (path != null) {
            return describe(parameter, path.name(), "path").put("required", true);
        }
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null) {
            return withDefault(describe(parameter, header.name(), "header"), header.required(), header.defaultValue());
        }
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null) {
            return withDefault(describe(parameter, query.name(), "query"), query.required(), query.defaultValue());
        }
        return null;
    }

    private static ObjectNode withDefault(ObjectNode parameter, boolean required, String value) {
        boolean hasDefault = !value.equals(ValueConstants.DEFAULT_NONE);
        if (hasDefault && parameter.get("schema") instanceof ObjectNode schema
                && schema.path("type").asString("").equals("string")) {
            schema.put("default", value);
        }
        return parameter.put("required", required && !hasDefault);
    }

    private ObjectNode describe(MethodParameter parameter, String name, String in) {
        ObjectNode described = json.createObjectNode()
                .put("name", name.isEmpty() ? Objects.requireNonNull(parameter.getParameterName()) : name)
                .put("in", in);
        described.set("schema", schemas.of(json.constructType(parameter.getGenericParameterType()), Direction.REQUEST,
                limits(parameter)));
        return described;
    }

    private @Nullable ParameterDescriptor limits(MethodParameter parameter) {
        var method = Objects.requireNonNull(parameter.getMethod());
        MethodDescriptor described = validator.getConstraintsForClass(method.getDeclaringClass())
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        return described == null ? null : described.getParameterDescriptors().get(parameter.getParameterIndex());
    }

    /** Of a text, an example and further keywords of the schema. */
    private static void add(ObjectNode parameter, JsonNode told) {
        ObjectNode schema = parameter.withObject("schema");
        if (told.isString()) {
            parameter.put("description", told.asString());
        } else if (told.isArray()) {
            parameter.put("description", told.path(0).asString());
            parameter.set("example", told.path(1));
        } else {
            for (String key : List.of("in", "required", "example", "style", "explode")) {
                if (told.has(key)) {
                    parameter.set(key, told.path(key));
                }
            }
            if (told.has("text")) {
                parameter.put("description", told.path("text").asString());
            }
            if (told.has("schema")) {
                schema.removeAll();
                ToldOfSchema.merge(schema, told.path("schema"));
            }
            ToldOfSchema.merge(schema, told.path("also"));
        }
    }
}
