package io.millrace.core.cache;

import java.lang.reflect.Type;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** How values of one type stand in Redis: as JSON. */
interface ValueFormat {

    /**
     * @throws tools.jackson.core.JacksonException
     *             if it cannot be written
     */
    String write(@Nullable Object value);

    /**
     * @throws tools.jackson.core.JacksonException
     *             if it cannot be read as the type
     */
    @Nullable
    Object read(String text);

    /** Whether {@link ReadyJson} is the type itself or no part of it; components of a record are not looked at. */
    static boolean canRead(ResolvableType type) {
        return type.resolve() == ReadyJson.class || !contains(type);
    }

    private static boolean contains(ResolvableType type) {
        return type.resolve() == ReadyJson.class || (type.isArray() && contains(type.getComponentType()))
                || Arrays.stream(type.getGenerics()).anyMatch(ValueFormat::contains);
    }

    static ValueFormat of(Type type, JsonMapper json) {
        return type.equals(ReadyJson.class) ? new AsItIs() : new ByJackson(json, json.constructType(type));
    }

    /** Objects of any other type. */
    record ByJackson(JsonMapper json, JavaType type) implements ValueFormat {

        @Override
        public String write(@Nullable Object value) {
            return json.writeValueAsString(value);
        }

        @Override
        public @Nullable Object read(String text) {
            return json.readValue(text, type);
        }

        @Override
        public String toString() {
            return type.toCanonical();
        }
    }

    /** {@link ReadyJson}. */
    record AsItIs() implements ValueFormat {

        private static final String NULL = "null";

        @Override
        public String write(@Nullable Object value) {
            return value == null ? NULL : value.toString();
        }

        @Override
        public @Nullable Object read(String text) {
            return text.equals(NULL) ? null : ReadyJson.of(text);
        }
    }
}
