package io.millrace.core.products;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** One row of {@code products}. */
final class ProductRow {

    private ProductRow() {
    }

    // Spring's RowMapper passes the row's number.
    static Product map(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        return new Product(row.getString("id"), row.getString("name"), row.getString("category"),
                row.getBigDecimal("price"), row.getString("description"), instant(row, "created_at"),
                instant(row, "updated_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
