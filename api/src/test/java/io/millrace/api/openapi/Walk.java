package io.millrace.api.openapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request after another for an operation: proper ones, and ones with one thing wrong. */
final class Walk {

    private static final String JSON = "application/json";

    private final Random random;
    private final RandomJson values;
    private final KnownIds ids;
    private final BadBodies badBodies;
    private final WalkKeys keys;

    Walk(Random random, JsonNode document, DocumentSchemas schemas, KnownIds ids, WalkKeys keys) {
        this.random = random;
        this.values = new RandomJson(random, document, schemas, ids);
        this.ids = ids;
        this.badBodies = new BadBodies(random, document);
        this.keys = keys;
    }

    /** A request; {@code wrong} names what must be refused with a 4xx, and is empty where nothing must. */
    record Step(String method, String path, Map<String, String> headers, @Nullable String body, String wrong) {

        @Override
        public String toString() {
            String text = body == null ? "" : body;
            return method + " " + shortened(path) + " " + headers + " " + shortened(text);
        }

        private static String shortened(String text) {
            return text.length() > 300 ? text.substring(0, 300) + "… (" + text.length() + ")" : text;
        }
    }

    Step proper(String method, String path, JsonNode operation) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of(WalkKeys.HEADER, keys.full()));
        String address = path;
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            boolean required = parameter.path("required").asBoolean(false);
            String name = parameter.path("name").asString();
            if (required || wanted(name)) {
                String value = value(path, parameter);
                switch (parameter.path("in").asString()) {
                    case "path" -> address = address.replace("{" + name + "}", encoded(value));
                    case "query" -> query.append(query.isEmpty() ? '?' : '&').append(name).append('=')
                            .append(encoded(value));
                    default -> headers.put(name, value.replaceAll("[^ -~]", ""));
                }
            }
        }
        JsonNode content = operation.at("/requestBody/content");
        String body = null;
        if (!content.isMissingNode()) {
            String type = values.one(List.copyOf(content.propertyNames()));
            body = body(type, content, headers);
        }
        return new Step(method.toUpperCase(Locale.ROOT), address + query, headers, body, "");
    }

    Step wrong(String method, String path, JsonNode operation) {
        Step step = proper(method, path, operation);
        if (random.nextInt(6) == 0) {
            return keys.wrong(step, operation, random);
        }
        if (operation.at("/requestBody/content").has(JSON) && random.nextInt(3) > 0) {
            BadBodies.Bad bad = badBodies.of(step.body(), operation.path("requestBody"));
            Map<String, String> headers = new LinkedHashMap<>(step.headers());
            headers.put("Content-Type", bad.contentType());
            return new Step(step.method(), step.path(), headers, bad.body(), bad.wrong());
        }
        return values.one(WrongRequests.ALL).apply(step, operation, random);
    }

    /** How often an optional parameter is there; more of them at once are seldom understood together. */
    private boolean wanted(String name) {
        return switch (name) {
            case "Content-Disposition" -> random.nextInt(10) > 0;
            case "Idempotency-Key", "Range", "Last-Event-ID" -> random.nextInt(8) == 0;
            default -> random.nextInt(3) == 0;
        };
    }

    private String value(String path, JsonNode parameter) {
        String name = parameter.path("name").asString();
        if (parameter.path("in").asString().equals("path") && random.nextInt(10) > 0
                && !parameter.path("schema").has("pattern")) {
            return ids.of(path.startsWith("/files/tus/") ? "uploads" : path.split("/", -1)[1], random);
        }
        if (name.equals("cursor")) {
            return ids.of("cursor of " + path, random);
        }
        if (parameter.has("example") && !name.equals("wait")
                && (parameter.path("in").asString().equals("header") || random.nextInt(3) == 0)) {
            return parameter.path("example").asString();
        }
        JsonNode value = values.fitting(name, parameter.path("schema"));
        return (value.isValueNode() ? value : parameter.path("example")).asString("");
    }

    private String body(String type, JsonNode content, Map<String, String> headers) {
        boolean form = type.equals("multipart/form-data");
        headers.put("Content-Type", form ? type + "; boundary=parts" : type.equals("*/*") ? "text/csv" : type);
        if (form) {
            return "--parts\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\na,b\r\n--parts--\r\n";
        }
        JsonNode media = content.path(type);
        // What is put together by chance is seldom understood; the example always is.
        if (random.nextInt(4) == 0 || !media.path("schema").path("format").isMissingNode()) {
            return media.path("example").isString() ? media.path("example").asString() : example(media);
        }
        return type.equals(BadBodies.LINES)
                ? lines(content.path(JSON).path("schema").path("items"))
                : RandomJson.write(values.fitting("", media.path("schema")));
    }

    private static String example(JsonNode media) {
        return RandomJson.write(media.path("example"));
    }

    private String lines(JsonNode schema) {
        return random.ints(1 + random.nextInt(5), 0, 1).mapToObj(i -> RandomJson.write(values.fitting("", schema)))
                .collect(Collectors.joining("\n"));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
