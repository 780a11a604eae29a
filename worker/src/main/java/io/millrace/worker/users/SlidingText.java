package io.millrace.worker.users;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** The part of a text that is being looked at, from a start that moves on; positions are counted from there. */
final class SlidingText {

    private static final int READ = 64 * 1024;

    private final Reader text;
    private final int most;
    private char[] buffer = new char[2 * READ];
    private int start;
    private int filled;

    /**
     * @param most
     *            how many characters from the start on can be looked at
     */
    SlidingText(Reader text, int most) {
        this.text = text;
        this.most = most;
    }

    /** Whether there is a character, and within reach. */
    boolean has(int at) throws IOException {
        return at < most && (start + at < filled || fill());
    }

    /** One that {@link #has} was true of. */
    char charAt(int at) {
        return buffer[start + at];
    }

    void moveOn(int characters) {
        start += characters;
    }

    char[] buffer() {
        return buffer;
    }

    /** Where in the buffer the start is. */
    int start() {
        return start;
    }

    String substring(int from, int to) {
        return new String(buffer, start + from, to - from);
    }

    /** Moves what is from the start on to the front of the buffer and reads behind it. */
    private boolean fill() throws IOException {
        if (start > 0) {
            filled -= start;
            System.arraycopy(buffer, start, buffer, 0, filled);
            start = 0;
        }
        if (buffer.length - filled < READ) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = text.read(buffer, filled, buffer.length - filled);
        filled += Math.max(count, 0);
        return count > 0;
    }
}
