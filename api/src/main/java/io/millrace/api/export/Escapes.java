package io.millrace.api.export;

import java.util.function.UnaryOperator;

import tools.jackson.databind.json.JsonMapper;

/** What is written instead of some characters of ASCII; all others stand for themselves. */
final class Escapes {

    /** A quote in a quoted text of RFC 4180 is doubled. */
    static final Escapes CSV = new Escapes(character -> character.equals("\"") ? "\"\"" : character);

    private static final int ASCII = 128;

    private final byte[][] texts = new byte[ASCII][];
    private final Ascii escaped;

    private Escapes(UnaryOperator<String> escape) {
        var others = new StringBuilder();
        for (char ascii = 0; ascii < ASCII; ascii++) {
            String character = String.valueOf(ascii);
            String text = escape.apply(character);
            texts[ascii] = Ascii.bytes(text);
            others.append(text.equals(character) ? "" : character);
        }
        escaped = new Ascii(others.toString());
    }

    /** As {@code mapper} writes them. It is asked once: for so many short texts its generator takes several times as long. */
    static Escapes json(JsonMapper mapper) {
        return new Escapes(character -> {
            String quoted = mapper.writeValueAsString(character);
            return quoted.substring(1, quoted.length() - 1);
        });
    }

    void write(Utf8 text, Batch batch) {
        if (!text.hasOneOf(escaped)) {
            batch.add(text);
            return;
        }
        for (int i = text.from(); i < text.to(); i++) {
            byte next = text.bytes()[i];
            if (escaped.has(next)) {
                batch.add(texts[next]);
            } else {
                batch.add(next);
            }
        }
    }
}
