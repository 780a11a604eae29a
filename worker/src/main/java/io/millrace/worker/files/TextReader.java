package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Decodes a text. What began as plain ASCII is decided at the first other byte, however far into the text that is: UTF-8
 * if what follows is valid in it, else a fallback. What is malformed becomes U+FFFD.
 */
final class TextReader extends Reader {

    /** How many bytes are looked at to decide. */
    static final int BUFFER = 64 * 1024;

    private final InputStream input;
    private final Charset fallback;
    private final CharsetDecoder ascii = StandardCharsets.US_ASCII.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private Charset charset;
    private @Nullable Reader decided;

    private TextReader(InputStream input, Charset charset, Charset fallback, @Nullable Reader decided) {
        this.input = input;
        this.charset = charset;
        this.fallback = fallback;
        this.decided = decided;
    }

    static TextReader of(InputStream input, Charset charset) {
        return new TextReader(input, charset, charset, new InputStreamReader(input, charset));
    }

    static TextReader utf8Or(Charset fallback, InputStream input) {
        return new TextReader(input, StandardCharsets.UTF_8, fallback, null);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (decided != null) {
            return decided.read(target, offset, length);
        }
        if (!bytes.hasRemaining()) {
            fill();
        }
        if (!bytes.hasRemaining()) {
            return -1;
        }
        var chars = CharBuffer.wrap(target, offset, length);
        ascii.decode(bytes, chars, false);
        int count = length - chars.remaining();
        return count > 0 || length == 0 ? count : decide().read(target, offset, length);
    }

    /** What it was decoded in, so far as it was read; UTF-8 for nothing but ASCII. */
    Charset charset() {
        return charset;
    }

    private Reader decide() throws IOException {
        fill();
        byte[] ahead = new byte[bytes.remaining()];
        bytes.get(ahead);
        charset = TextEncoding.utf8Or(fallback, ahead, ahead.length < BUFFER);
        var rest = new SequenceInputStream(new ByteArrayInputStream(ahead), input);
        decided = new InputStreamReader(rest, charset);
        return decided;
    }

    /** Fills up behind what remains; less than a full buffer is the end of the input. */
    private void fill() throws IOException {
        bytes.compact();
        int count = input.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + count).flip();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
