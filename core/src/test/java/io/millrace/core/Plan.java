package io.millrace.core;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code explain (format json)} says of a statement or a part of it. */
public record Plan(JsonNode node) {

    public static Plan parse(String json) {
        return new Plan(JsonMapper.shared().readTree(json).path(0).path("Plan"));
    }

    public String type() {
        return node.path("Node Type").asString();
    }

    public String index() {
        return node.path("Index Name").asString("");
    }

    public String direction() {
        return node.path("Scan Direction").asString("");
    }

    public int rows() {
        return node.path("Actual Rows").asInt();
    }

    /** What was read and thrown away. */
    public int rowsRemoved() {
        return node.path("Rows Removed by Filter").asInt(0) + node.path("Rows Removed by Index Recheck").asInt(0);
    }

    /** Pages of 8 KiB that it touched. */
    public int buffers() {
        return node.path("Shared Hit Blocks").asInt() + node.path("Shared Read Blocks").asInt();
    }

    public List<Plan> parts() {
        return node.path("Plans").values().stream().map(Plan::new).toList();
    }

    /** The part that hands its rows to this one. */
    public Plan source() {
        return parts().getFirst();
    }

    /** This and all its parts. */
    public List<Plan> all() {
        return Stream
                .concat(Stream.of(this), parts().stream().flatMap(part -> part.all().stream()))
                .toList();
    }

    /** The parts that read a table. */
    public List<Plan> scansOf(String table) {
        return all().stream().filter(part -> part.node.path("Relation Name").asString("").equals(table)).toList();
    }
}
