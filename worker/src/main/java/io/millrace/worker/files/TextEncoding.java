package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How a text is encoded, guessed from its head: by its byte order mark; as UTF-16 without one, by where the zero bytes
 * stand; as UTF-8, if all of the head is valid in it; else in the character set that was declared, or windows-1252.
 *
 * @param charset
 *            the guess
 * @param markLength
 *            how many bytes the byte order mark takes
 * @param fallback
 *            the character set to go on in where the head was plain ASCII and what follows turns out not to be UTF-8
 */
record TextEncoding(Charset charset, int markLength, Charset fallback) {

    /** In UTF-16 a zero byte stands beside each ASCII character; every table has many of these, on one side only. */
    private static final double MANY = 0.2;
    private static final double FEW = 0.02;

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    static TextEncoding of(ByteHead head, FileHints hints) {
        return ByteOrderMark.startOf(head.bytes())
                .map(mark -> new TextEncoding(mark.charset(), mark.length(), mark.charset()))
                .orElseGet(() -> withoutMark(head, hints.charset().orElse(WINDOWS_1252)));
    }

    private static TextEncoding withoutMark(ByteHead head, Charset fallback) {
        byte[] bytes = head.bytes();
        double after = pairs(bytes, 0, 1);
        double before = pairs(bytes, 1, 0);
        Charset charset = fallback;
        if (after > MANY && before < FEW) {
            charset = StandardCharsets.UTF_16LE;
        } else if (before > MANY && after < FEW) {
            charset = StandardCharsets.UTF_16BE;
        } else if (isUtf8(bytes, head.whole())) {
            charset = StandardCharsets.UTF_8;
        }
        return new TextEncoding(charset, 0, fallback);
    }

    /** The share of pairs of bytes that are an ASCII character and a zero. */
    private static double pairs(byte[] bytes, int ascii, int zero) {
        int found = 0;
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            if (bytes[i + ascii] > 0 && bytes[i + zero] == 0) {
                found++;
            }
        }
        return 2.0 * found / bytes.length;
    }

    /** The characters of an input from its very start, without the byte order mark. */
    TextReader read(InputStream input) throws IOException {
        input.skipNBytes(markLength);
        return isUndecided()
                ? TextReader.utf8Or(fallback, input)
                : TextReader.of(input, charset);
    }

    /** Whether it may yet turn out to be the fallback. */
    boolean isUndecided() {
        return charset.equals(StandardCharsets.UTF_8) && markLength == 0;
    }

    /** By the first bytes from one that is not ASCII; whether they are complete, or others follow. */
    static Charset utf8Or(Charset fallback, byte[] bytes, boolean complete) {
        return isUtf8(bytes, complete) ? StandardCharsets.UTF_8 : fallback;
    }

    /** The text of a head, as it will be read. */
    String decode(ByteHead head) throws IOException {
        try (var reader = read(new ByteArrayInputStream(head.bytes()))) {
            return reader.readAllAsString();
        }
    }

    /**
     * Whether the bytes are valid UTF-8. The last character may be incomplete if more bytes are to come, or if others
     * before it were beyond ASCII: then the text was cut off, else it is a letter of another character set.
     */
    static boolean isUtf8(byte[] bytes, boolean complete) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var input = ByteBuffer.wrap(bytes);
        var output = CharBuffer.allocate(8192);
        while (true) {
            var result = decoder.decode(input, output, false);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return !complete || !input.hasRemaining() || isBeyondAscii(bytes, input.position());
            }
            output.clear();
        }
    }

    private static boolean isBeyondAscii(byte[] bytes, int to) {
        for (int i = 0; i < to; i++) {
            if (bytes[i] < 0) {
                return true;
            }
        }
        return false;
    }
}
