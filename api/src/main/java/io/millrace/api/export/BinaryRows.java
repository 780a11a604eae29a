package io.millrace.api.export;

import java.nio.ByteBuffer;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a COPY in Postgres' binary format (PostgreSQL documentation, COPY, "Binary Format"). Of its messages each holds
 * one row, and the first one also the header before it; the last holds the end mark instead.
 */
final class BinaryRows {

    /** "PGCOPY", a few bytes that careless transports change, and flags. */
    private static final int SIGNATURE_AND_FLAGS = 11 + 4;
    private static final short END = -1;

    private final CopyOut copy;
    private boolean begun;

    BinaryRows(CopyOut copy) {
        this.copy = copy;
    }

    /**
     * The fields of the next row, each a length and a value; null after the last row, when the COPY is over.
     *
     * @throws SQLException
     *             if the COPY fails half-way, or its connection does
     */
    @Nullable
    ByteBuffer next() throws SQLException {
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            var row = ByteBuffer.wrap(message);
            if (!begun) {
                begun = true;
                skipHeader(row);
            }
            if (row.hasRemaining() && row.getShort() != END) {
                return row;
            }
        }
        return null;
    }

    private static void skipHeader(ByteBuffer message) {
        message.position(SIGNATURE_AND_FLAGS);
        int extension = message.getInt();
        message.position(message.position() + extension);
    }
}
