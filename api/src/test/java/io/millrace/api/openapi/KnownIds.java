package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

/** What answers have told of: ids by their collection ({@code users}, {@code jobs}), cursors by their listing. */
final class KnownIds {

    private static final int REMEMBERED = 50;

    private final Map<String, List<String>> byCollection = new TreeMap<>();
    private final Map<String, List<String>> kept = new TreeMap<>();

    private final Set<String> leftAlone = new TreeSet<>();

    /** However many others come after it. */
    void keep(String collection, String id) {
        kept.computeIfAbsent(collection, absent -> new ArrayList<>()).add(id);
    }

    /** {@code path} is what was asked: an answer's {@code id} is one of its first segment's, {@code userId} of the users. */
    void learn(String path, JsonNode answer) {
        answer.properties().forEach(field -> {
            String name = field.getKey();
            if ((name.equals("id") || isNameOfQueue(path, name)) && field.getValue().isString()) {
                remember(path.endsWith("/comments") ? "comments" : path.split("/", -1)[1], field.getValue().asString());
            } else if (name.equals("nextCursor") && field.getValue().isString()) {
                remember("cursor of " + path, field.getValue().asString());
            } else if (name.endsWith("Id") && field.getValue().isString()) {
                remember(collection(name), field.getValue().asString());
            }
            learn(collectionWithin(path, name), field.getValue());
        });
        if (answer.isArray()) {
            answer.forEach(element -> learn(path, element));
        }
    }

    /** What stands in an answer's field is of another collection than the answer: a user's posts, a post's comments. */
    private static String collectionWithin(String path, String field) {
        return switch (field) {
            case "file", "user" -> "/" + field + "s";
            case "posts", "comments" -> "/" + field;
            default -> path;
        };
    }

    /** Which is its id. */
    private static boolean isNameOfQueue(String path, String field) {
        return path.startsWith("/queues") && field.equals("name");
    }

    /** Nobody is to use it. */
    void leaveAlone(String id) {
        leftAlone.add(id);
    }

    /** For a field such as {@code userId}, or a collection itself. */
    String of(String name, Random random) {
        String collection = name.endsWith("Id") ? collection(name) : name;
        boolean takesKept = kept.containsKey(collection)
                && (random.nextInt(3) == 0 || !byCollection.containsKey(collection));
        List<String> known = (takesKept ? kept : byCollection)
                .getOrDefault(collection, List.of());
        return known.isEmpty() ? new UUID(0, random.nextLong()).toString() : known.get(random.nextInt(known.size()));
    }

    private static String collection(String field) {
        return field.endsWith("JobId")
                ? "jobs"
                : field.substring(0, field.length() - "Id".length()) + "s";
    }

    private void remember(String collection, String id) {
        if (leftAlone.contains(id)) {
            return;
        }
        List<String> known = byCollection.computeIfAbsent(collection, absent -> new ArrayList<>());
        if (known.size() == REMEMBERED) {
            known.removeFirst();
        }
        known.add(id);
    }
}
