package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * The lines of a text, one after the other in the same memory. They end with CR or LF; CRLF is followed by an empty line.
 */
final class TextLines {

    /** Characters that are held of one line. */
    static final int MAX_LINE = 1024 * 1024;

    private static final int READ = 8192;

    private final Reader text;
    private char[] buffer = new char[2 * READ];
    private int start;
    private int end;
    private int filled;
    private boolean tooLong;

    TextLines(Reader text) {
        this.text = text;
        this.end = -1;
    }

    /** Goes to the next line; false if there is none. */
    boolean advance() throws IOException {
        tooLong = false;
        start = end + 1;
        end = start;
        while (end < filled || readMore()) {
            if (RewindableReader.isLineBreak(buffer[end])) {
                return true;
            }
            end++;
        }
        return tooLong || end > start;
    }

    /** Whether the line has more characters than are held. */
    boolean isTooLong() {
        return tooLong;
    }

    boolean isBlank() {
        int at = start;
        while (at < end && buffer[at] <= ' ') {
            at++;
        }
        return at == end && !tooLong;
    }

    char[] buffer() {
        return buffer;
    }

    /** Where in the buffer the line begins. */
    int start() {
        return start;
    }

    /** Where in the buffer it ends, its line break not included. */
    int end() {
        return end;
    }

    /** Moves the line to the front of the buffer and reads behind it; drops it if it is too long. */
    private boolean readMore() throws IOException {
        int length = end - start;
        if (length >= MAX_LINE) {
            tooLong = true;
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
