package io.millrace.worker.files;

import java.util.Arrays;

import io.millrace.worker.files.columns.Columns;

/**
 * The fields of one record, copied out of the parser's buffer, in memory that is used again for the next one. What is
 * beyond 10,000 fields or 4 Mi characters is counted but not kept.
 */
final class RecordText {

    private static final int MAX_CHARS = 4 * 1024 * 1024;

    private char[] text = new char[4096];
    private int[] ends = new int[64];
    private int fields;
    private int length;
    private boolean tooLong;

    void clear() {
        fields = 0;
        length = 0;
        tooLong = false;
    }

    /** Adds a field without the blanks around it. */
    void addStripped(char[] source, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && source[start] <= ' ') {
            start++;
        }
        while (start < end && source[end - 1] <= ' ') {
            end--;
        }
        add(source, start, end);
    }

    /** Adds a field as it stands. */
    void add(char[] source, int from, int to) {
        int size = to - from;
        if (fields < Columns.MAX && !tooLong) {
            tooLong = length + size > MAX_CHARS;
            if (!tooLong) {
                keep(source, from, size);
            }
        }
        fields++;
    }

    private void keep(char[] source, int from, int size) {
        if (length + size > text.length) {
            text = Arrays.copyOf(text, Math.max(length + size, 2 * text.length));
        }
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        System.arraycopy(source, from, text, length, size);
        length += size;
        ends[fields] = length;
    }

    /** How many fields the record has, kept or not. */
    int fields() {
        return fields;
    }

    boolean isTooLong() {
        return tooLong;
    }

    /** The characters of all fields, one after the other. */
    char[] text() {
        return text;
    }

    int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    int end(int field) {
        return ends[field];
    }

    String field(int field) {
        return new String(text, start(field), end(field) - start(field));
    }
}
