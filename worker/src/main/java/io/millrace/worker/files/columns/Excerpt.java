package io.millrace.worker.files.columns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first {@value #MAX} characters of a value, in memory that is used again for the next one. */
final class Excerpt {

    static final int MAX = 100;

    private static final char[] NOTHING = {};

    private char[] chars = NOTHING;
    private int length;

    void set(char[] text, int from, int to) {
        resize(cut(text, from, to, MAX) - from);
        System.arraycopy(text, from, chars, 0, length);
    }

    void set(Excerpt other) {
        set(other.chars, 0, other.length);
    }

    void setAscii(byte[] text, int from, int to) {
        resize(Math.min(MAX, to - from));
        for (int i = 0; i < length; i++) {
            chars[i] = (char) text[from + i];
        }
    }

    private void resize(int wanted) {
        length = wanted;
        if (chars.length < length) {
            chars = new char[Math.min(MAX, Math.max(16, 2 * length))];
        }
    }

    /**
     * The first eight characters as one unsigned number that is in the order of the texts: of two that differ, the lesser
     * belongs to the text that comes first, if that or the other is ASCII. A character that is not ends it.
     */
    long prefix() {
        long prefix = 0;
        boolean ascii = true;
        for (int i = 0; i < Long.BYTES; i++) {
            char c = ascii && i < length ? chars[i] : 0;
            ascii &= c < 0x80;
            prefix = (prefix << Byte.SIZE) | Math.min(c, 0x80);
        }
        return prefix;
    }

    /** Negative if this comes before the text, in the order of UTF-16 code units; looks at what an excerpt can hold. */
    int compareTo(char[] text, int from, int to) {
        return Arrays.compare(chars, 0, length, text, from, cut(text, from, to, MAX));
    }

    int compareToAscii(byte[] text, int from, int to) {
        int other = Math.min(MAX, to - from);
        for (int i = 0; i < Math.min(length, other); i++) {
            if (chars[i] != text[from + i]) {
                return chars[i] - text[from + i];
            }
        }
        return length - other;
    }

    @Override
    public String toString() {
        return wellFormed(chars, 0, length);
    }

    static String of(char[] text, int from, int to) {
        return wellFormed(text, from, cut(text, from, to, MAX));
    }

    static String of(String text, int max) {
        char[] chars = text.toCharArray();
        return wellFormed(chars, 0, cut(chars, 0, chars.length, max));
    }

    /** Half a surrogate pair, as JSON can escape one, becomes a question mark: no database takes it. */
    private static String wellFormed(char[] text, int from, int to) {
        byte[] utf8 = new String(text, from, to - from).getBytes(StandardCharsets.UTF_8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Where the excerpt ends; never between the halves of a surrogate pair. */
    private static int cut(char[] text, int from, int to, int max) {
        if (to - from <= max) {
            return to;
        }
        int end = from + max;
        return Character.isHighSurrogate(text[end - 1]) ? end - 1 : end;
    }
}
