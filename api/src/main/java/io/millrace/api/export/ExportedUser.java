package io.millrace.api.export;

import java.nio.ByteBuffer;

/**
 * What an export tells of a user, in this order, as Postgres sent it. The id is in two halves, as
 * {@link java.util.UUID} has it.
 */
record ExportedUser(long idHigh, long idLow, Utf8 email, Utf8 fullName, PostgresTime createdAt) {

    /** Of a row with these columns, none of which may be null: each is its length and its value. */
    static ExportedUser of(ByteBuffer row) {
        row.getInt();
        long idHigh = row.getLong();
        long idLow = row.getLong();
        Utf8 email = Utf8.next(row);
        Utf8 fullName = Utf8.next(row);
        row.getInt();
        return new ExportedUser(idHigh, idLow, email, fullName, new PostgresTime(row.getLong()));
    }
}
