package io.millrace.core.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/** Texts as Postgres can store them: it refuses U+0000, and half a surrogate pair is no character of any encoding. */
final class StorableText extends StringDeserializer {

    @Override
    public @Nullable String deserialize(JsonParser json, DeserializationContext context) {
        String text = super.deserialize(json, context);
        if (text != null && !isStorable(text)) {
            return (String) context.handleWeirdStringValue(String.class, text, "not storable");
        }
        return text;
    }

    /** Whether Postgres takes it. */
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(
                        point -> point == 0 || (point <= Character.MAX_VALUE && Character.isSurrogate((char) point)));
    }
}
