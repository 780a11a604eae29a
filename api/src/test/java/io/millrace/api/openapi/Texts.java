package io.millrace.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What no signature says: summaries, descriptions, examples, and what a controller reads from its request by hand. One
 * file a tag in {@code src/test/resources/openapi}; {@code common.yml} is what all operations share.
 */
final class Texts {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String COMMON = "common.yml";

    private final JsonNode common;
    private final Map<String, ObjectNode> tags = new TreeMap<>();
    private final Set<String> read = new TreeSet<>();

    private Texts(JsonNode common, List<ObjectNode> files) {
        this.common = common;
        files.forEach(file -> tags.put(file.path("tag").asString(), file));
    }

    static Texts load() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:openapi/*.yml");
            Arrays.sort(files, Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())));
            return new Texts(
                    Arrays.stream(files).filter(file -> COMMON.equals(file.getFilename())).map(Texts::read).findFirst()
                            .orElseThrow(),
                    Arrays.stream(files).filter(file -> !COMMON.equals(file.getFilename())).map(Texts::read).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all operations share. */
    JsonNode common(String part) {
        return common.path(part);
    }

    Map<String, ObjectNode> tags() {
        return tags;
    }

    /** The types that no signature names, as Jackson spells them. */
    List<String> types() {
        return tags.values().stream().flatMap(file -> file.path("types").valueStream()).map(JsonNode::asString)
                .toList();
    }

    /** The tag whose file tells of an operation such as {@code POST /users}; empty if none does. */
    String tagOf(String operation) {
        return tags.entrySet().stream().filter(tag -> tag.getValue().path("operations").has(operation))
                .map(Map.Entry::getKey).findFirst().orElse("");
    }

    JsonNode operation(String operation) {
        return find("operations", operation);
    }

    JsonNode schema(String name) {
        return find("schemas", name);
    }

    /** Texts of what is not there, or not any more. */
    List<String> unused() {
        return tags.values().stream()
                .flatMap(file -> List.of("operations", "schemas").stream()
                        .flatMap(part -> file.path(part).propertyNames().stream()))
                .filter(name -> !read.contains(name)).toList();
    }

    private JsonNode find(String part, String name) {
        read.add(name);
        return tags.values().stream().map(file -> file.path(part).path(name)).filter(node -> !node.isMissingNode())
                .findFirst().orElseGet(MissingNode::getInstance);
    }

    private static ObjectNode read(Resource file) {
        try (InputStream in = file.getInputStream()) {
            return JSON.valueToTree(new Yaml().<Map<String, ?>>load(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
