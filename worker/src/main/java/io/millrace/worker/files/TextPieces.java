package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** The pieces of a text, one after the other in the same memory, each to be looked at before the next. */
abstract sealed class TextPieces permits TextLines, JsonElements {

    /** Characters that are held of one piece. */
    static final int MAX_PIECE = 1024 * 1024;

    private static final int READ = 8192;

    private final Reader text;
    private char[] buffer = new char[2 * READ];
    private int start;
    private int end = -1;
    private int filled;
    private boolean unusable;

    TextPieces(Reader text) {
        this.text = text;
    }

    /** Goes to the next piece; false if there is none. */
    abstract boolean advance() throws IOException;

    /** Goes past the end of this piece and the one character behind it, to where the next one begins. */
    final void beginNext() {
        unusable = false;
        start = end + 1;
        end = start;
    }

    /** The next character of the text; -1 at its end. */
    final int peek() throws IOException {
        return end < filled || readMore() ? buffer[end] : -1;
    }

    /** Takes the next character into the piece. */
    final void take() {
        end++;
    }

    /** Says that nothing can be made of this piece, whatever it holds. */
    final void drop() {
        unusable = true;
    }

    /** Whether nothing can be made of it: it has more characters than are held, or is broken. */
    final boolean isUnusable() {
        return unusable;
    }

    final boolean isEmpty() {
        return end == start;
    }

    final boolean isBlank() {
        int at = start;
        while (at < end && buffer[at] <= ' ') {
            at++;
        }
        return at == end && !unusable;
    }

    final char[] buffer() {
        return buffer;
    }

    /** Where in the buffer the piece begins. */
    final int start() {
        return start;
    }

    /** Where in the buffer it ends, what separates it from the next one not included. */
    final int end() {
        return end;
    }

    /** Moves the piece to the front of the buffer and reads behind it; lets it go if it is too long. */
    private boolean readMore() throws IOException {
        int length = end - start;
        if (length >= MAX_PIECE) {
            unusable = true;
            length = 0;
        }
        if (length > 0) {
            System.arraycopy(buffer, start, buffer, 0, length);
        }
        start = 0;
        end = length;
        if (buffer.length - length < READ) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = text.read(buffer, length, buffer.length - length);
        filled = length + Math.max(count, 0);
        return count > 0;
    }
}
