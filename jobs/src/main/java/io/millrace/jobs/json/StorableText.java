package io.millrace.jobs.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Texts as Postgres can store them. */
final class StorableText extends StringDeserializer {

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context) {
        String text = super.deserialize(json, context);
        if (text != null && !StrictValues.isStorable(text)) {
            return (String) context.handleWeirdStringValue(String.class, text, "not storable");
        }
        return text;
    }
}
