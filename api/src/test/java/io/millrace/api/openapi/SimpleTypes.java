package io.millrace.api.openapi;

import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Types that are one value in JSON: type and format. */
final class SimpleTypes {

    private static final String STRING = "string";
    private static final String INTEGER = "integer";
    private static final String NUMBER = "number";
    private static final String BOOLEAN = "boolean";

    private static final Map<Class<?>, String[]> TYPES = Map.ofEntries(Map.entry(String.class, new String[]{STRING}),
            Map.entry(CharSequence.class, new String[]{STRING}),
            Map.entry(UUID.class, new String[]{STRING, "uuid"}),
            Map.entry(Instant.class, new String[]{STRING, "date-time"}),
            Map.entry(URI.class, new String[]{STRING, "uri-reference"}),
            Map.entry(ZoneId.class, new String[]{STRING}), Map.entry(boolean.class, new String[]{BOOLEAN}),
            Map.entry(Boolean.class, new String[]{BOOLEAN}), Map.entry(int.class, new String[]{INTEGER, "int32"}),
            Map.entry(Integer.class, new String[]{INTEGER, "int32"}),
            Map.entry(long.class, new String[]{INTEGER, "int64"}),
            Map.entry(Long.class, new String[]{INTEGER, "int64"}),
            Map.entry(BigInteger.class, new String[]{INTEGER}), Map.entry(BigDecimal.class, new String[]{NUMBER}),
            Map.entry(double.class, new String[]{NUMBER, "double"}),
            Map.entry(Double.class, new String[]{NUMBER, "double"}));

    /** Not {@code format: duration}, which knows no fractions of a second, but months, which are of no certain length. */
    static final String DURATION = "^P(?!$)(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d{1,9})?S)?)?$";

    private SimpleTypes() {
    }

    /** Null if it is none of them. */
    static @Nullable ObjectNode schema(Class<?> type, JsonMapper json) {
        ObjectNode schema = json.createObjectNode();
        if (type == Object.class || JsonNode.class.isAssignableFrom(type)) {
            // Anything.
            return schema;
        }
        if (Resource.class.isAssignableFrom(type) || InputStream.class.isAssignableFrom(type) || type == byte[].class) {
            return schema.put("type", STRING).put("format", "binary");
        }
        if (type == Duration.class) {
            return schema.put("type", STRING).put("pattern", DURATION);
        }
        if (type.isEnum()) {
            schema.put("type", STRING);
            for (Object constant : type.getEnumConstants()) {
                schema.withArray("enum").add(json.<JsonNode>valueToTree(constant));
            }
            return schema;
        }
        String[] known = TYPES.get(type);
        if (known == null) {
            return null;
        }
        schema.put("type", known[0]);
        if (known.length > 1) {
            schema.put("format", known[1]);
        }
        return schema;
    }
}
