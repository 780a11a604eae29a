package io.millrace.api.export;

import java.nio.charset.StandardCharsets;

/** Some characters of ASCII, to be looked for among the bytes of a text in UTF-8. */
final class Ascii {

    /** By all values of a byte: those beyond ASCII are never in it. */
    private final boolean[] has = new boolean[256];

    Ascii(String characters) {
        for (byte character : bytes(characters)) {
            has[character] = true;
        }
    }

    /** A text in ASCII as its bytes. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean has(byte character) {
        return has[character & 0xff];
    }
}
