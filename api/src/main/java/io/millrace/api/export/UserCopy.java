package io.millrace.api.export;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

import com.zaxxer.hikari.HikariDataSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** Reads users by COPY in its binary format: Postgres formats nothing, and Java makes no texts of what it only hands on. */
@Component
final class UserCopy {

    private final HikariDataSource exports;
    private final JdbcTemplate jdbc;

    UserCopy(@Qualifier("exportsDataSource") HikariDataSource exports) {
        this.exports = exports;
        this.jdbc = new JdbcTemplate(exports);
    }

    /**
     * Hands {@code reader} the users after {@code cursor}, oldest first, up to {@code limit} of them, and returns how many that
     * were. One statement and one transaction on a connection that is back in the pool afterwards, or closed if anything went
     * wrong.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if there is no connection, or it fails
     */
    int read(UserCursor cursor, int limit, Consumer<ExportedUser> reader) {
        String sql = cursor.copyOfTheNext(limit);
        return jdbc.execute((ConnectionCallback<Integer>) connection -> copy(connection, sql, reader));
    }

    private int copy(Connection connection, String sql, Consumer<ExportedUser> reader) throws SQLException {
        boolean over = false;
        try {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
            int count = rows(new BinaryRows(copy), reader);
            over = !copy.isActive();
            return count;
        } finally {
            if (!over) {
                // The pool does not see what is done on what it wraps, and the driver leaves the rest of a COPY that broke off
                // for the next statement to find (pgjdbc issue 3163).
                exports.evictConnection(DataSourceUtils.getTargetConnection(connection));
            }
        }
    }

    private static int rows(BinaryRows rows, Consumer<ExportedUser> reader) throws SQLException {
        int count = 0;
        for (ByteBuffer row = rows.next(); row != null; row = rows.next()) {
            reader.accept(ExportedUser.of(row));
            count++;
        }
        return count;
    }
}
