package io.millrace.core.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** One row of {@code users}. */
final class UserRow {

    private UserRow() {
    }

    // Spring's RowMapper passes the row's number.
    static User map(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        return new User(row.getObject("id", UUID.class), row.getString("email"), row.getString("full_name"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getInt("version"));
    }
}
