package io.millrace.api.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import tools.jackson.databind.JsonNode;

import io.millrace.api.openapi.Walk.Step;

/** Ways in which a request can be wrong beside its body. */
final class WrongRequests {

    /** Must be refused, though no operation says so. */
    static final String WRONG_METHOD = "a wrong method";

    /** May be another operation's, or nobody's. */
    static final String STRANGE_PATH = "a strange path";

    static final List<WrongRequest> ALL = List.of(WrongRequests::method, WrongRequests::accept, WrongRequests::path,
            WrongRequests::query, WrongRequests::query, WrongRequests::header);

    private static final List<String> BAD_VALUES = List.of("", "0", "-1", "101", "1e3", "99999999999999999999", "%00",
            "%ff%fe", "%F0%9F%98%80", "a".repeat(4000), "..%2f..", "%0d%0aX:%20y", "null", "%7B%7D", "PT-1S", "P1000D");

    private WrongRequests() {
    }

    @FunctionalInterface
    interface WrongRequest {
        Step apply(Step step, JsonNode operation, Random random);
    }

    private static Step method(Step step, JsonNode operation, Random random) {
        return new Step(random.nextBoolean() ? "PROPFIND" : "BREW", step.path(), step.headers(), null, WRONG_METHOD);
    }

    private static Step accept(Step step, JsonNode operation, Random random) {
        boolean fits = operation.path("responses").valueStream()
                .flatMap(a -> a.path("content").propertyNames().stream())
                .anyMatch(type -> type.equals("*/*"));
        boolean refuses = operation.path("responses").has("406") && !fits;
        return with(step, "Accept", "image/png", refuses ? "an Accept that nothing fits" : "");
    }

    private static Step path(Step step, JsonNode operation, Random random) {
        String path = step.path().split("\\?", -1)[0];
        String bad = path.substring(0, path.lastIndexOf('/') + 1) + bad(random);
        return new Step(step.method(), bad, step.headers(), step.body(), STRANGE_PATH);
    }

    /** With one of its parameters, or one that nobody knows. */
    private static Step query(Step step, JsonNode operation, Random random) {
        List<String> names = operation.path("parameters").valueStream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString()).toList();
        String name = names.isEmpty() ? "unknown" : names.get(random.nextInt(names.size()));
        String value = bad(random);
        // Of pages; other lists of things may be longer.
        boolean mustBe = name.equals("limit") && (!value.equals("101") || names.contains("cursor"));
        return new Step(step.method(), step.path().split("\\?", -1)[0] + "?" + name + "=" + value, step.headers(),
                step.body(), mustBe ? "a bad limit" : "");
    }

    private static Step header(Step step, JsonNode operation, Random random) {
        List<String> names = operation.path("parameters").valueStream()
                .filter(parameter -> parameter.path("in").asString().equals("header"))
                .map(parameter -> parameter.path("name").asString()).toList();
        String name = names.isEmpty() ? "If-None-Match" : names.get(random.nextInt(names.size()));
        return with(step, name, List.of("", "\"", ";;;=", "attachment; filename*=UTF-8''%zz", "bytes=9-1",
                "bytes=99999-", "x".repeat(3000), "W/\"1\", \"2\"", "\t").get(random.nextInt(9)), "");
    }

    private static String bad(Random random) {
        return BAD_VALUES.get(random.nextInt(BAD_VALUES.size()));
    }

    private static Step with(Step step, String header, String value, String wrong) {
        Map<String, String> headers = new LinkedHashMap<>(step.headers());
        headers.put(header, value);
        return new Step(step.method(), step.path(), headers, step.body(), wrong);
    }
}
