package io.millrace.core.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** One row of {@code posts} or {@code comments}. */
final class ContentRow {

    private ContentRow() {
    }

    // Spring's RowMapper passes the row's number.
    static Post post(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        return new Post(row.getObject("id", UUID.class), row.getObject("user_id", UUID.class), row.getString("title"),
                row.getString("body"), List.of((String[]) row.getArray("tags").getArray()), createdAt(row));
    }

    static Comment comment(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        return new Comment(row.getObject("id", UUID.class), row.getObject("post_id", UUID.class),
                row.getObject("user_id", UUID.class), row.getString("body"), createdAt(row));
    }

    private static Instant createdAt(ResultSet row) throws SQLException {
        return row.getObject("created_at", OffsetDateTime.class).toInstant();
    }
}
