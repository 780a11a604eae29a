package io.millrace.worker.users;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Rows in the binary format of Postgres' COPY, which the server need not parse. */
final class CopyRows {

    /** Also flags and the length of an extension, all zero. */
    private static final byte[] HEADER = Arrays.copyOf("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1), 19);

    private final short columns;
    private ByteBuffer bytes = ByteBuffer.allocate(64 * 1024).put(HEADER);
    private int rows;

    /**
     * @param columns
     *            how many values each row will be given
     */
    CopyRows(int columns) {
        this.columns = (short) columns;
    }

    CopyRows row() {
        rows++;
        room(Short.BYTES).putShort(columns);
        return this;
    }

    CopyRows value(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
        return this;
    }

    CopyRows value(long number) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(number);
        return this;
    }

    CopyRows value(UUID id) {
        room(Integer.BYTES + 2 * Long.BYTES).putInt(2 * Long.BYTES).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return this;
    }

    int rows() {
        return rows;
    }

    int size() {
        return bytes.position();
    }

    byte[] array() {
        return bytes.array();
    }

    /** Ends the last row's data, without which Postgres takes them for cut off. */
    CopyRows end() {
        room(Short.BYTES).putShort((short) -1);
        return this;
    }

    private ByteBuffer room(int wanted) {
        if (bytes.remaining() < wanted) {
            byte[] larger = Arrays.copyOf(bytes.array(), Math.max(2 * bytes.capacity(), bytes.position() + wanted));
            bytes = ByteBuffer.wrap(larger).position(bytes.position());
        }
        return bytes;
    }
}
