package io.millrace.core.files;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** How a row of {@code files} reads. */
final class StoredFileRow {

    private StoredFileRow() {
    }

    static StoredFile read(ResultSet row, int number) throws SQLException {
        OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        return new StoredFile(row.getObject("id", UUID.class), row.getString("name"), row.getLong("size"),
                row.getString("sha256"), row.getString("content_type"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getString("detected_type"),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}
