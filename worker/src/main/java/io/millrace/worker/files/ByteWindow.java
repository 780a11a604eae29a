package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.millrace.worker.files.columns.Eight;

/**
 * The bytes of a text that are looked at, in memory that is used again: from {@link #start} to {@link #end}. In an encoding
 * in which ASCII characters are single bytes that are part of no other character. Decides on the encoding as
 * {@link TextReader} does.
 */
final class ByteWindow {

    /** Where a record is longer, it is for others to read. */
    static final int MAX = 1 << 20;
    private static final int FIRST = 1 << 18;
    private static final int ASCII = 0x80;

    private final TextEncoding encoding;
    private final InputStream input;
    private byte[] bytes = new byte[FIRST + Eight.PADDING];
    private int start;
    private int end;
    private Charset charset;
    private boolean decided;

    ByteWindow(TextEncoding encoding, InputStream input) throws IOException {
        this.encoding = encoding;
        this.input = input;
        this.charset = encoding.charset();
        this.decided = !encoding.isUndecided();
        input.skipNBytes(encoding.markLength());
    }

    /** Whether texts in such an encoding can be read by bytes. */
    static boolean fits(TextEncoding encoding) {
        return isAsciiCompatible(encoding.charset()) && isAsciiCompatible(encoding.fallback());
    }

    private static boolean isAsciiCompatible(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return true;
        }
        byte[] ascii = new byte[ASCII];
        for (int i = 0; i < ASCII; i++) {
            ascii[i] = (byte) i;
        }
        return charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1
                && new String(ascii, charset).equals(new String(ascii, StandardCharsets.US_ASCII));
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** What comes before is not needed any more. */
    void startAt(int position) {
        start = position;
    }

    Charset charset() {
        return charset;
    }

    /** Moves what there is to the front and reads as much behind it as there is room for; false if it was all. */
    boolean readMore() throws IOException {
        int length = end - start;
        byte[] target = bytes;
        if (length >= target.length / 2) {
            if (length >= MAX) {
                return false;
            }
            target = new byte[2 * (target.length - Eight.PADDING) + Eight.PADDING];
        }
        System.arraycopy(bytes, start, target, 0, length);
        bytes = target;
        start = 0;
        end = length;
        int count = readTo(bytes.length - Eight.PADDING);
        decideWithin(length);
        return count > 0;
    }

    /** The rest of the text from {@link #start} on, for another to read. */
    TextReader rest() {
        var rest = new SequenceInputStream(new ByteArrayInputStream(bytes, start, end - start), input);
        return decided ? TextReader.of(rest, charset) : TextReader.utf8Or(encoding.fallback(), rest);
    }

    private int readTo(int limit) throws IOException {
        int count = input.readNBytes(bytes, end, limit - end);
        end += count;
        return count;
    }

    /** At the first byte beyond ASCII from a position on, by as many bytes behind it as a {@link TextReader} takes. */
    private void decideWithin(int from) throws IOException {
        if (decided || Eight.isAscii(bytes, from, end)) {
            return;
        }
        int at = from;
        while (bytes[at] >= 0) {
            at++;
        }
        int wanted = at + TextReader.BUFFER;
        if (wanted > end) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length, wanted + Eight.PADDING));
            readTo(wanted);
        }
        byte[] ahead = Arrays.copyOfRange(bytes, at, Math.min(end, wanted));
        charset = TextEncoding.utf8Or(encoding.fallback(), ahead, ahead.length < TextReader.BUFFER);
        decided = true;
    }
}
