package io.millrace.api.openapi;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The texts of one schema. {@code is} says what it is, {@code also} are further keywords; everything else is a property:
 * its text, or its text and an example, or an object that has further keywords too.
 */
record ToldOfSchema(JsonNode texts) {

    void describe(ObjectNode schema) {
        if (texts.has("is")) {
            schema.put("description", texts.path("is").asString());
        }
        merge(schema, texts.path("also"));
    }

    void describe(String property, ObjectNode schema) {
        describe(schema, texts.path(property));
    }

    /** A text, a text and its example, or an object of {@code text}, {@code example} and further keywords. */
    static void describe(ObjectNode schema, JsonNode told) {
        if (told.isString()) {
            schema.put("description", told.asString());
        } else if (told.isArray()) {
            schema.put("description", told.path(0).asString());
            schema.putArray("examples").add(told.path(1));
        } else if (told.isObject()) {
            describe(schema, told.path("text"));
            if (told.has("example")) {
                schema.putArray("examples").add(told.path("example"));
            }
            merge(schema, told.path("also"));
        }
    }

    static void merge(ObjectNode schema, JsonNode keywords) {
        keywords.properties().forEach(keyword -> schema.set(keyword.getKey(), keyword.getValue()));
    }
}
