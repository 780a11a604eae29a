package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jakarta.validation.Validator;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.millrace.api.ApiApplication;
import io.millrace.api.ApiUnderTest;

/**
 * The document of a running API: every handler but the error page, the document's own, and pages for people. What is in no handler, such as a
 * summary, comes from {@link Texts}. Sorted by path, so that equal code makes equal bytes.
 */
record OpenApi(ObjectNode document, List<String> gaps) {

    /** Pages that no service asks for. */
    private static final Set<String> FOR_PEOPLE = Set.of("io.millrace.api.docs", "io.millrace.api.unsubscribe");

    private static final List<String> METHODS = List.of("OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    static OpenApi of(ApiUnderTest api) {
        return new Generation(api.bean(JsonMapper.class), api.bean(Validator.class), Texts.load()).document(
                (RequestMappingHandlerMapping) api.bean("requestMappingHandlerMapping"));
    }

    /** As it is checked in and served. */
    String text() {
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(document)
                .replace("\r\n", "\n") + "\n";
    }

    private static final class Generation {

        private final JsonMapper json;
        private final Texts texts;
        private final Schemas schemas;
        private final Problems problems;
        private final Operations operations;

        Generation(JsonMapper json, Validator validator, Texts texts) {
            this.json = json;
            this.texts = texts;
            this.schemas = new Schemas(json, validator, texts);
            this.problems = new Problems(json, texts);
            this.operations = new Operations(json, schemas, texts,
                    new Parameters(json, validator, schemas, texts), problems);
        }

        OpenApi document(RequestMappingHandlerMapping handlers) {
            ObjectNode document = json.createObjectNode().put("openapi", "3.1.1");
            document.set("info", texts.common("info"));
            document.putArray("servers").addObject().put("url", "/").put("description",
                    "Where this document was read.");
            document.putArray("security").addObject().putArray("bearer");
            texts.tags().values().forEach(file -> document.withArray("tags").addObject()
                    .put("name", file.path("tag").asString()).put("description", file.path("about").asString()));
            document.set("paths", paths(handlers.getHandlerMethods()));
            document.set("components", components());
            Examples.addTo(document);
            List<String> gaps = new ArrayList<>(schemas.gaps());
            texts.unused().forEach(name -> gaps.add(name + ": its texts are left, but it is not there any more"));
            return new OpenApi(document, gaps);
        }

        private ObjectNode paths(Map<RequestMappingInfo, HandlerMethod> handlers) {
            Map<String, Map<String, ObjectNode>> paths = new TreeMap<>();
            handlers.forEach((mapping, handler) -> {
                if (isPublic(handler)) {
                    String path = path(mapping);
                    mapping.getMethodsCondition().getMethods().forEach(method -> paths
                            .computeIfAbsent(path, absent -> new TreeMap<>())
                            .put(method.name(), operations.describe(method + " " + path, mapping, handler)));
                }
            });
            ObjectNode all = json.createObjectNode();
            paths.forEach((path, byMethod) -> METHODS.stream().filter(byMethod::containsKey).forEach(method -> all
                    .withObjectProperty(path).set(method.toLowerCase(Locale.ROOT), byMethod.get(method))));
            return all;
        }

        private static boolean isPublic(HandlerMethod handler) {
            return !ErrorController.class.isAssignableFrom(handler.getBeanType())
                    && isDeployed(handler.getBeanType())
                    && !FOR_PEOPLE.contains(handler.getBeanType().getPackageName());
        }

        /** Some tests have controllers of their own. */
        private static boolean isDeployed(Class<?> type) {
            return type.getProtectionDomain().getCodeSource().getLocation()
                    .equals(ApiApplication.class.getProtectionDomain().getCodeSource().getLocation());
        }

        /** Without the other spellings, such as one with a slash at its end. */
        private static String path(RequestMappingInfo mapping) {
            return mapping.getPatternValues().stream().min(Comparator.naturalOrder()).orElseThrow();
        }

        private ObjectNode components() {
            ObjectNode components = json.createObjectNode();
            ObjectNode all = components.putObject("schemas");
            var sorted = new TreeMap<String, JsonNode>(schemas.named());
            sorted.put("Problem", problem());
            sorted.forEach(all::set);
            problems.answers().forEach(components.putObject("responses")::set);
            texts.common("headers").properties()
                    .forEach(header -> components.withObject("headers").set(header.getKey(), header.getValue()));
            components.set("securitySchemes", texts.common("securitySchemes"));
            return components;
        }

        private ObjectNode problem() {
            ObjectNode problem = (ObjectNode) texts.common("problem").deepCopy();
            problems.types().forEach(((ObjectNode) problem.at("/properties/type")).withArray("enum")::add);
            return problem;
        }
    }
}
