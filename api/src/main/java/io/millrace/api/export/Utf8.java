package io.millrace.api.export;

import java.nio.ByteBuffer;

/** A text as it came from Postgres, somewhere in a row. */
@SuppressWarnings("ArrayRecordComponent") // read and thrown away, never compared
record Utf8(byte[] bytes, int from, int to) {

    /** The next field of a row of a binary COPY: its length and its bytes. */
    static Utf8 next(ByteBuffer row) {
        int length = row.getInt();
        int from = row.arrayOffset() + row.position();
        row.position(row.position() + length);
        return new Utf8(row.array(), from, from + length);
    }

    int length() {
        return to - from;
    }

    boolean startsWithOneOf(Ascii characters) {
        return from < to && characters.has(bytes[from]);
    }

    boolean hasOneOf(Ascii characters) {
        for (int i = from; i < to; i++) {
            if (characters.has(bytes[i])) {
                return true;
            }
        }
        return false;
    }
}
