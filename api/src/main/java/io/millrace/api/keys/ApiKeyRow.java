package io.millrace.api.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.millrace.api.http.Scope;

/** A row of {@code api_keys} with its last use. */
final class ApiKeyRow {

    private ApiKeyRow() {
    }

    static ApiKey map(ResultSet row, @SuppressWarnings("unused") int number) throws SQLException {
        return new ApiKey(row.getString("id"), row.getString("name"), scopes(row), texts(row, "job_types"),
                texts(row, "queues"), rate(row), quota(row), time(row.getObject("created_at", OffsetDateTime.class)),
                row.getString("created_by"), timeOrNull(row, "expires_at"), timeOrNull(row, "last_used_at"),
                timeOrNull(row, "revoked_at"));
    }

    static List<Scope> scopes(ResultSet row) throws SQLException {
        return texts(row, "scopes").stream().flatMap(text -> Scope.of(text).stream()).toList();
    }

    static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray()).map(Object::toString).toList();
    }

    static @Nullable RateLimit rate(ResultSet row) throws SQLException {
        long requests = row.getLong("rate_requests");
        return row.wasNull() ? null : new RateLimit(requests, Duration.ofSeconds(row.getLong("rate_seconds")));
    }

    static @Nullable Quota quota(ResultSet row) throws SQLException {
        long bytes = row.getLong("quota_bytes");
        return row.wasNull() ? null : new Quota(bytes, Duration.ofSeconds(row.getLong("quota_seconds")));
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time(time);
    }

    private static Instant time(OffsetDateTime time) {
        return time.toInstant();
    }
}
