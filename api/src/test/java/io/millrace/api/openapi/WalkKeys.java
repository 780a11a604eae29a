package io.millrace.api.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import tools.jackson.databind.JsonNode;

import io.millrace.api.openapi.Walk.Step;

/**
 * What a walk shows to be let in.
 *
 * @param full
 *            may do everything
 * @param byScope
 *            those of one scope each
 * @param usedUp
 *            may send no more requests for a month
 */
record WalkKeys(String full, Map<String, String> byScope, String usedUp) {

    static final String HEADER = "Authorization";

    private static final String NONE = "a key that is none";
    private static final String NO_KEY = "no key";
    private static final String USED_UP = "a key that is used up";
    private static final String LACKS = "a key without the scope ";

    /** What must be answered; 0 where {@code wrong} is about something else. */
    static int status(String wrong) {
        if (wrong.startsWith(LACKS)) {
            return 403;
        }
        return wrong.equals(USED_UP) ? 429 : wrong.equals(NONE) || wrong.equals(NO_KEY) ? 401 : 0;
    }

    /** The request with a key that must not do. */
    Step wrong(Step step, JsonNode operation, Random random) {
        String needed = operation.at("/security/0/bearer/0").asString("");
        List<String> others = byScope.entrySet().stream().filter(key -> !key.getKey().equals(needed))
                .map(Map.Entry::getValue).toList();
        return switch (random.nextInt(4)) {
            case 0 -> with(step, "Bearer no-key-of-ours", NONE);
            case 1 -> with(step, "", NO_KEY);
            case 2 -> with(step, usedUp, USED_UP);
            default -> with(step, others.get(random.nextInt(others.size())), LACKS + needed);
        };
    }

    private static Step with(Step step, String key, String wrong) {
        Map<String, String> headers = new LinkedHashMap<>(step.headers());
        headers.put(HEADER, key);
        return new Step(step.method(), step.path(), headers, step.body(), wrong);
    }
}
