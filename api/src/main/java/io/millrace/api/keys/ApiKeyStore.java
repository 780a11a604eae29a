package io.millrace.api.keys;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.api.http.Scope;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Slice;

/** The rows of keys as operators change them. {@link KeyRows} reads them for the filters. */
@Component
class ApiKeyStore {

    private static final String COLUMNS = """
                                          id, name, scopes, job_types, queues, rate_requests, rate_seconds, quota_bytes,
                                              quota_seconds, created_at, created_by, expires_at, last_used_at, revoked_at
                                          """;

    private final JdbcClient jdbc;

    ApiKeyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a new key, but not its text. */
    ApiKey insert(KeyText text, NewApiKey key, String createdBy) {
        RateLimit rate = key.rateLimit();
        Quota quota = key.quota();
        return jdbc
                .sql("""
                     with made as (
                         insert into api_keys (id, name, scopes, job_types, queues, rate_requests, rate_seconds, quota_bytes,
                             quota_seconds, created_by, expires_at)
                         values (:id, :name, :scopes, :jobTypes, :queues, :rateRequests, :rateSeconds, :quotaBytes,
                             :quotaSeconds, :createdBy, cast(:expiresAt as timestamptz))
                         returning *
                     ), secret as (
                         insert into api_key_secrets (digest, key_id) select :digest, id from made
                     )
                     select\s"""
                        + COLUMNS + "from made cross join (select null::timestamptz as last_used_at) as uses")
                .param("id", text.id()).param("name", key.name())
                .param("scopes", key.scopeSet().stream().map(Scope::text).toArray(String[]::new))
                .param("jobTypes", array(NewApiKey.orAll(key.jobTypes())))
                .param("queues", array(NewApiKey.orAll(key.queues())))
                .param("rateRequests", rate == null ? null : rate.requests())
                .param("rateSeconds", rate == null ? null : rate.per().toSeconds())
                .param("quotaBytes", quota == null ? null : quota.bytes())
                .param("quotaSeconds", quota == null ? null : quota.window().toSeconds())
                .param("createdBy", createdBy)
                .param("expiresAt", key.expiresAt() == null ? null : key.expiresAt().toString())
                .param("digest", text.digest()).query(ApiKeyRow::map).single();
    }

    /** A page of the keys that are not revoked, newest first. */
    Slice<ApiKey> list(Cursor after, int limit) {
        return Slice.of(jdbc.sql("select " + COLUMNS + """
                                                       from api_keys
                                                           left join api_key_uses on key_id = id
                                                       where revoked_at is null and (created_at, id) < (:createdAt, :id)
                                                       order by created_at desc, id desc
                                                       limit :limit
                                                       """).param("createdAt", after.timestamp())
                .param("id", after.id()).param("limit", limit + 1).query(ApiKeyRow::map).list(), limit);
    }

    /** Revoked ones too. */
    Optional<ApiKey> find(String id) {
        return jdbc.sql("select " + COLUMNS + "from api_keys left join api_key_uses on key_id = id where id = :id")
                .param("id", id).query(ApiKeyRow::map).optional();
    }

    /** Whether there was such a key that was not revoked. */
    boolean revoke(String id) {
        return jdbc.sql("update api_keys set revoked_at = clock_timestamp() where id = :id and revoked_at is null")
                .param("id", id).update() > 0;
    }

    /**
     * Gives the key one more secret; its earlier ones end after {@code overlap} at the latest. Of two at a time the second one
     * ends the first one's secret as well.
     *
     * @return empty if there is no such key, or none that is still valid
     */
    @Transactional
    Optional<ApiKey> rotate(KeyText text, Duration overlap) {
        boolean isThere = jdbc
                .sql("""
                     select id from api_keys
                     where id = :id and revoked_at is null and (expires_at is null or expires_at > clock_timestamp())
                     for update
                     """).param("id", text.id()).query(String.class).optional().isPresent();
        if (!isThere) {
            return Optional.empty();
        }
        jdbc.sql("delete from api_key_secrets where key_id = :id and valid_until < clock_timestamp()")
                .param("id", text.id()).update();
        jdbc.sql("""
                 update api_key_secrets
                 set valid_until = least(valid_until, clock_timestamp() + make_interval(secs => :overlap))
                 where key_id = :id
                 """).param("id", text.id()).param("overlap", overlap.toMillis() / 1000.0).update();
        jdbc.sql("insert into api_key_secrets (digest, key_id) values (:digest, :id)").param("digest", text.digest())
                .param("id", text.id()).update();
        return find(text.id());
    }

    /** That these have been used just now; ids that are none are left out. */
    void noteUses(Collection<String> ids) {
        jdbc.sql("""
                 insert into api_key_uses (key_id, last_used_at)
                 select id, clock_timestamp() from api_keys where id = any (:ids) order by id
                 on conflict (key_id) do update set last_used_at = excluded.last_used_at
                 """).param("ids", ids.toArray(String[]::new)).update();
    }

    private static String[] array(List<String> names) {
        return names.toArray(String[]::new);
    }
}
