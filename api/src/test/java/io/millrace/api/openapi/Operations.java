package io.millrace.api.openapi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.millrace.api.http.Needs;
import io.millrace.api.http.Scope;

/** One operation of the document, from its handler and its texts. */
final class Operations {

    private final JsonMapper json;
    private final Schemas schemas;
    private final Texts texts;
    private final Parameters parameters;
    private final Problems problems;

    Operations(JsonMapper json, Schemas schemas, Texts texts, Parameters parameters, Problems problems) {
        this.json = json;
        this.schemas = schemas;
        this.texts = texts;
        this.parameters = parameters;
        this.problems = problems;
    }

    /** {@code name} is the method and the path, as in {@code POST /users}. */
    ObjectNode describe(String name, RequestMappingInfo mapping, HandlerMethod handler) {
        JsonNode told = texts.operation(name);
        ObjectNode operation = json.createObjectNode();
        putText(operation, "operationId", told.path("id"));
        String tag = texts.tagOf(name);
        if (!tag.isEmpty()) {
            operation.withArray("tags").add(tag);
        }
        putText(operation, "summary", told.path("summary"));
        putText(operation, "description", told.path("text"));
        operation.putArray("security").addObject().putArray("bearer").add(scope(handler).text());
        operation.set("parameters", parameters.of(handler, told));
        addBody(operation, mapping, handler, told);
        ObjectNode answers = operation.putObject("responses");
        addAnswers(answers, name, mapping, handler, told);
        problems.addTo(answers, operation, told);
        return operation;
    }

    /** Each of our methods says it; another test sees to that. */
    private static Scope scope(HandlerMethod handler) {
        Needs own = handler.getMethodAnnotation(Needs.class);
        Needs needs = own != null
                ? own
                : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Needs.class);
        return needs == null ? Scope.OPERATE : needs.value();
    }

    private static void putText(ObjectNode operation, String key, JsonNode text) {
        if (text.isString()) {
            operation.put(key, text.asString().strip());
        }
    }

    private void addBody(ObjectNode operation, RequestMappingInfo mapping, HandlerMethod handler, JsonNode told) {
        if (told.has("body")) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            putText(body, "description", told.path("body").path("text"));
            body.set("content", content(told.path("body").path("content"), Direction.REQUEST));
            return;
        }
        for (MethodParameter parameter : handler.getMethodParameters()) {
            RequestBody read = parameter.getParameterAnnotation(RequestBody.class);
            if (read != null) {
                ObjectNode body = operation.putObject("requestBody").put("required", read.required());
                for (String type : types(mapping.getConsumesCondition().getConsumableMediaTypes())) {
                    body.withObject("content").withObject(type).set("schema",
                            schemas.of(json.constructType(parameter.getGenericParameterType()), Direction.REQUEST));
                }
            }
        }
    }

    private void addAnswers(ObjectNode answers, String name, RequestMappingInfo mapping, HandlerMethod handler,
            JsonNode told) {
        if (!told.has("answers")) {
            ObjectNode answer = answers.putObject(status(handler));
            addContent(answer, name, mapping, handler);
        }
        told.path("answers").properties().forEach(entry -> {
            ObjectNode answer = answers.putObject(entry.getKey());
            JsonNode of = entry.getValue();
            answer.put("description", (of.isString() ? of : of.path("text")).asString(""));
            of.path("headers").valueStream().map(JsonNode::asString).forEach(header -> answer.withObject("headers")
                    .putObject(header).put("$ref", "#/components/headers/" + header));
            if (of.path("content").isObject()) {
                answer.set("content", content(of.path("content"), Direction.ANSWER));
            } else if (!of.has("content") && !Set.of("204", "304").contains(entry.getKey())) {
                addContent(answer, name, mapping, handler);
            }
        });
    }

    private static String status(HandlerMethod handler) {
        ResponseStatus said = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), ResponseStatus.class);
        HttpStatus status = said == null ? HttpStatus.OK : said.code();
        return Integer.toString(status.value());
    }

    private void addContent(ObjectNode answer, String name, RequestMappingInfo mapping, HandlerMethod handler) {
        Type type = unwrapped(handler.getMethod().getGenericReturnType());
        if (type == void.class || type == Void.class || name.startsWith("HEAD ") || isUnknown(type)) {
            return;
        }
        for (String mediaType : types(mapping.getProducesCondition().getProducibleMediaTypes())) {
            answer.withObject("content").withObject(mediaType).set("schema",
                    schemas.of(json.constructType(type), Direction.ANSWER));
        }
    }

    private static Type unwrapped(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
                && HttpEntity.class.isAssignableFrom(raw) ? generic.getActualTypeArguments()[0] : type;
    }

    /** Its texts name what it is; without them the answer has no content, which the completeness test reports. */
    private static boolean isUnknown(Type type) {
        return type instanceof WildcardType || (type instanceof ParameterizedType generic
                && Arrays.stream(generic.getActualTypeArguments()).anyMatch(Operations::isUnknown));
    }

    /** Media types of the texts; {@code java} names one class, or several of which it is one. */
    private ObjectNode content(JsonNode told, Direction direction) {
        ObjectNode content = json.createObjectNode();
        told.properties().forEach(entry -> {
            ObjectNode media = content.putObject(entry.getKey());
            JsonNode java = entry.getValue().path("java");
            if (java.isString()) {
                media.set("schema", schemas.of(java.asString(), direction));
            }
            java.valueStream().forEach(type -> media.withObject("schema").withArray("anyOf")
                    .add(schemas.of(type.asString(), direction)));
            entry.getValue().properties().stream().filter(key -> !key.getKey().equals("java"))
                    .forEach(key -> media.set(key.getKey(), key.getValue()));
        });
        return content;
    }

    private static List<String> types(Set<MediaType> declared) {
        return declared.isEmpty()
                ? List.of(MediaType.APPLICATION_JSON_VALUE)
                : declared.stream().map(MediaType::toString).sorted().toList();
    }
}
