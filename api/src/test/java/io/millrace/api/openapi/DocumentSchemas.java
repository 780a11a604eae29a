package io.millrace.api.openapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Holds values against schemas of a document, formats included. */
final class DocumentSchemas {

    private final JsonNode document;
    private final boolean closed;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> known = new ConcurrentHashMap<>();

    private DocumentSchemas(JsonNode document, boolean closed) {
        this.document = document;
        this.closed = closed;
    }

    /** As clients read it. */
    static DocumentSchemas of(JsonNode document) {
        return new DocumentSchemas(document, false);
    }

    /** As a test of answers reads it: a field that is not documented is a defect, though clients must bear it. */
    static DocumentSchemas closed(JsonNode document) {
        return new DocumentSchemas(document, true);
    }

    /** What is wrong with {@code value}; empty if it fits. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return known.computeIfAbsent(schema, this::compile)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream().map(error -> error.getInstanceLocation() + ": " + error.getMessage()).toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        whole.set("components", document.path("components").deepCopy());
        whole.setAll((ObjectNode) schema.deepCopy());
        if (closed) {
            close(whole, true);
        }
        return registry.getSchema(whole);
    }

    /** Everything that has properties has no others, but for what is put together from several. */
    private static void close(JsonNode node, boolean whole) {
        if (node instanceof ObjectNode schema && schema.has("properties") && !whole
                && !schema.has("additionalProperties")) {
            schema.put("unevaluatedProperties", false);
        }
        node.properties().stream().filter(child -> !child.getKey().equals("examples"))
                .forEach(child -> close(child.getValue(), false));
        node.valueStream().filter(JsonNode::isContainer).forEach(child -> {
            if (node.isArray()) {
                close(child, false);
            }
        });
    }
}
