package io.millrace.api.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;

/** All keys that are valid, as the filters need them. */
@Component
final class KeyRows {

    /** Longer than any process lives, and short enough to be counted in nanoseconds. */
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(36_500);

    private final JdbcClient jdbc;

    KeyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Grows with each change of a key. */
    long version() {
        return jdbc.sql("select version from api_key_changes").query(Long.class).single();
    }

    /** By their ids; how long secrets are valid is told by the database's clock. */
    Map<String, KnownKey> load() {
        long now = System.nanoTime();
        Map<String, KnownKey> keys = new HashMap<>();
        jdbc.sql(
                """
                select id, name, scopes, job_types, queues, rate_requests, rate_seconds, quota_bytes, quota_seconds, digest,
                    (extract(epoch from least(expires_at, valid_until) - clock_timestamp()) * 1000)::bigint as millis_left
                from api_keys
                    join api_key_secrets on key_id = id
                where revoked_at is null
                    and coalesce(least(expires_at, valid_until), 'infinity') > clock_timestamp()
                """)
                .query((row, number) -> {
                    KnownKey key = keys.get(row.getString("id"));
                    if (key == null) {
                        key = key(row);
                        keys.put(row.getString("id"), key);
                    }
                    key.secrets().add(secret(row, now));
                    return key;
                }).list();
        return keys;
    }

    private static KnownKey key(ResultSet row) throws SQLException {
        List<Allowance> allowances = new ArrayList<>();
        RateLimit rate = ApiKeyRow.rate(row);
        if (rate != null) {
            allowances.add(rate.allowance());
        }
        Quota quota = ApiKeyRow.quota(row);
        if (quota != null) {
            allowances.add(quota.allowance());
        }
        var holder = new Caller(row.getString("id"), row.getString("name"), new HashSet<>(ApiKeyRow.scopes(row)),
                new HashSet<>(ApiKeyRow.texts(row, "job_types")), new HashSet<>(ApiKeyRow.texts(row, "queues")));
        return new KnownKey(holder, allowances, new ArrayList<>());
    }

    private static KnownKey.Secret secret(ResultSet row, long now) throws SQLException {
        long left = row.getLong("millis_left");
        boolean endless = row.wasNull();
        byte[] digest = row.getBytes("digest");
        return endless
                ? KnownKey.Secret.endless(digest)
                : new KnownKey.Secret(digest,
                        now + TimeUnit.MILLISECONDS.toNanos(Math.min(left, LONGEST_MILLIS)));
    }
}
