package io.millrace.worker.files;

import java.util.Arrays;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * One line of NDJSON or element of an array, read as a whole before anything is made of it. A nested object or array is a value as it stands.
 * Nulls are left out.
 */
final class JsonRecord {

    /** Names are kept for as long as the file is read; longer ones make the line invalid. */
    private static final int MAX_NAME = 1000;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(MAX_NAME).build()).build();
    private final RecordText values = new RecordText();
    private String[] names = new String[64];
    private boolean[] strings = new boolean[64];

    /** Whether the characters are one JSON object and nothing else; only then the record holds it. */
    boolean read(char[] line, int from, int to) {
        values.clear();
        try (var parser = json.createParser(ObjectReadContext.empty(), line, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            String name = parser.nextName();
            while (name != null) {
                value(name, parser, line, from);
                name = parser.nextName();
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private void value(String name, JsonParser parser, char[] line, int from) {
        var token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        int field = values.fields();
        if (field == names.length) {
            names = Arrays.copyOf(names, 2 * field);
            strings = Arrays.copyOf(strings, 2 * field);
        }
        names[field] = name;
        strings[field] = !token.isNumeric() && !token.isBoolean();
        if (token.isStructStart()) {
            long start = parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            long end = parser.currentLocation().getCharOffset();
            values.add(line, from + (int) start, from + (int) end);
        } else {
            int offset = parser.getStringOffset();
            values.add(parser.getStringCharacters(), offset, offset + parser.getStringLength());
        }
    }

    /** The values and their number. */
    RecordText values() {
        return values;
    }

    String name(int value) {
        return names[value];
    }

    /** Whether it is a string or a nested value, rather than a number or a boolean. */
    boolean isString(int value) {
        return strings[value];
    }
}
