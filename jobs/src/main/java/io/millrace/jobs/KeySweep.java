package io.millrace.jobs;

import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes the idempotency keys that have expired and the unique keys that no job holds any more, in small batches; safe on
 * many nodes at once. A unique key that is still held is looked at again after as long as it has been held, a minute to a day.
 */
final class KeySweep {

    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final IdempotencyKeys idempotencyKeys;
    private final String keys;
    private final String jobs;

    KeySweep(DataSource engine, JobsSchema schema, JobsProperties settings) {
        this.jdbc = JdbcClient.create(engine);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
        this.idempotencyKeys = new IdempotencyKeys(schema, settings.idempotencyTtl());
        this.keys = schema.prefix() + "job_unique_keys";
        this.jobs = schema.prefix() + "jobrunr_jobs";
    }

    Turns.Turn sweepIdempotencyKeys(Turns turns) {
        return idempotencyKeys.deleteExpired(jdbc, turns);
    }

    /** Its rows are the keys it looked at. */
    Turns.Turn sweepUniqueKeys(Turns turns) {
        return turns.take(AT_ONCE, () -> Objects.requireNonNull(transaction.execute(status -> sweepSome())));
    }

    /** In statements of their own: each sees what others committed before the keys were locked. */
    private int sweepSome() {
        var due = jdbc.sql("""
                           select type, key from %s where sweep_at <= now() order by sweep_at limit ?
                           for update skip locked
                           """.formatted(keys)).param(AT_ONCE)
                .query((row, number) -> new Key(row.getString(1), row.getString(2))).list();
        if (due.isEmpty()) {
            return 0;
        }
        on(due, """
                delete from %s keys using locked
                where keys.type = locked.type and keys.key = locked.key
                    and (period_ends <= now() or period_ends is null and not exists (
                        select from %2$s held left join %2$s before on before.id = held.runAfter
                        where held.id = keys.job_id::text::bpchar
                            and (held.state in ('SCHEDULED', 'ENQUEUED', 'AWAITING', 'PROCESSING')
                                or held.state = 'DELETED' and before.state
                                    in ('SCHEDULED', 'ENQUEUED', 'AWAITING', 'PROCESSING'))))
                """.formatted(keys, jobs));
        on(due, """
                update %s keys
                set sweep_at = now() + greatest(interval '1 minute', least(interval '1 day', now() - taken_at))
                from locked where keys.type = locked.type and keys.key = locked.key
                """.formatted(keys));
        return due.size();
    }

    private void on(List<Key> due, String statement) {
        jdbc.sql("with locked as (select * from unnest(?::text[], ?::text[]) as locked (type, key)) " + statement)
                .param(due.stream().map(Key::type).toArray(String[]::new))
                .param(due.stream().map(Key::key).toArray(String[]::new)).update();
    }

    private record Key(String type, String key) {
    }
}
