package io.millrace.jobs;

import java.util.List;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Which jobs a key stands for that is not in their rows: an idempotency key, or the unique keys of that name of all types. */
final class KeyedJobs {

    private final String find;

    KeyedJobs(JobsSchema schema) {
        // From type to type by the primary key, which begins with it: there are a few dozen.
        this.find = """
                    with recursive types as (
                        (select type from %1$sjob_unique_keys order by type limit 1)
                        union all
                        select (select next.type from %1$sjob_unique_keys as next where next.type > types.type
                                order by next.type limit 1)
                        from types where types.type is not null)
                    select found.job_id from types cross join lateral (
                        select job_id from %1$sjob_unique_keys as held
                        where held.type = types.type and held.key = :key) as found
                    union
                    select job_id from %1$sjob_idempotency_keys where key = :key and expires_at > clock_timestamp()
                    """.formatted(schema.prefix());
    }

    List<UUID> of(JdbcClient jdbc, String key) {
        return jdbc.sql(find).param("key", key).query((row, _) -> row.getObject(1, UUID.class)).list();
    }
}
