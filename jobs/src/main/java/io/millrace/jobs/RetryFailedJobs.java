package io.millrace.jobs;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Puts failed jobs back, a batch at a time, by when they failed. What somebody holds just now is passed over, and so is what fails
 * again meanwhile.
 */
final class RetryFailedJobs {

    static final int AT_ONCE = 500;

    /**
     * What the last failure says, in rows of either form: whatever a text holds, its quotes have backslashes before them. No cast to
     * JSON, which Postgres refuses for a message with U+0000.
     */
    private static final String EXCEPTION = """
                                            split_part(split_part(jobAsJson, '"exceptionType":"', -1), '"', 1)
                                            """;

    private final PutBack putBack;
    private final EnqueueTransaction transaction;
    private final WakeUp wakeUp;
    private final String keys;
    private final String failed;

    RetryFailedJobs(PutBack putBack, EnqueueTransaction transaction, WakeUp wakeUp, JobsSchema schema) {
        this.putBack = putBack;
        this.transaction = transaction;
        this.wakeUp = wakeUp;
        this.keys = schema.prefix() + "job_unique_keys";
        this.failed = """
                      from %sjobrunr_jobs
                      where state = 'FAILED' and unreadable is null
                          and (:type::text is null or type = :type)
                          and (:queue::text is null or queue = :queue)
                          and updatedAt >= coalesce(:from::timestamp, '-infinity')
                          and updatedAt < coalesce(:before::timestamp, 'infinity')
                          and (:exception::text is null
                              or right('.' || (%s), length(:exception) + 1) = '.' || :exception)
                      """.formatted(schema.prefix(), EXCEPTION);
    }

    /** What would be put back. */
    RetriedJobs look(FailedJobs which) {
        var byType = new TreeMap<String, Integer>();
        select("select type, count(*) from (select coalesce(type, '%s') as type %s order by updatedAt, id limit :limit) found group by type"
                .formatted(UnreadableRow.UNKNOWN_TYPE, failed), which).param("limit", which.limit())
                .query(row -> {
                    byType.put(row.getString(1), row.getInt(2));
                });
        return RetriedJobs.of(byType);
    }

    RetriedJobs retry(FailedJobs which) {
        var newest = select("select max(updatedAt) " + failed, which).query(LocalDateTime.class).optional();
        var retried = RetriedJobs.of(Map.of());
        for (var place = newest.map(From::start).orElse(null); place != null;) {
            var batch = batch(which, place, Math.min(AT_ONCE, which.limit() - retried.jobs()));
            retried = retried.and(batch.retried);
            place = retried.jobs() < which.limit() ? batch.next : null;
        }
        return retried;
    }

    private Batch batch(FailedJobs which, From place, int most) {
        return transaction.allOrNothing(() -> {
            var found = select("""
                               select id, updatedAt %s
                                   and updatedAt >= :after and updatedAt <= :newest and (updatedAt, id) > (:after, :id)
                               order by updatedAt, id
                               limit :limit
                               """.formatted(failed), which).param("after", place.after).param("id", place.id)
                    .param("newest", place.newest).param("limit", most)
                    .query((row, number) -> new Found(UUID.fromString(row.getString(1)),
                            row.getObject(2, LocalDateTime.class)))
                    .list();
            var retried = transaction.onConnection(connection -> putBack.of(connection,
                    withTheirKeys(found.stream().map(Found::id).toList())));
            if (retried.jobs() > 0) {
                transaction.afterCommit(wakeUp::workers);
            }
            return new Batch(retried, found.size() < most ? null : place.behind(found.getLast()));
        });
    }

    /** Without those whose unique key somebody is about to take: keys are locked before jobs, and nobody is waited for. */
    private List<UUID> withTheirKeys(List<UUID> ids) {
        var held = new HashSet<>(keysOf(ids, ""));
        if (held.isEmpty()) {
            return ids;
        }
        keysOf(ids, "for update skip locked").forEach(held::remove);
        return ids.stream().filter(id -> !held.contains(id)).toList();
    }

    private List<UUID> keysOf(List<UUID> ids, String lock) {
        return transaction.jdbc().sql("select job_id from %s where job_id = any (:ids) %s".formatted(keys, lock))
                .param("ids", ids.toArray(UUID[]::new)).query((row, number) -> row.getObject(1, UUID.class)).list();
    }

    private StatementSpec select(String sql, FailedJobs which) {
        var parameters = new HashMap<String, @Nullable Object>();
        parameters.put("type", which.type());
        parameters.put("queue", which.queue());
        parameters.put("from", QueuedJobs.utc(which.from()));
        parameters.put("before", QueuedJobs.utc(which.before()));
        parameters.put("exception", which.exception());
        return transaction.jdbc().sql(sql).params(parameters);
    }

    private record Found(UUID id, LocalDateTime failedAt) {
    }

    /**
     * Where the next batch begins.
     *
     * @param newest
     *            when the last one failed that had failed at first
     */
    private record From(LocalDateTime after, String id, LocalDateTime newest) {

        static From start(LocalDateTime newest) {
            // Postgres' -infinity.
            return new From(LocalDateTime.MIN, "", newest);
        }

        From behind(Found last) {
            return new From(last.failedAt, last.id.toString(), newest);
        }
    }

    private record Batch(RetriedJobs retried, @Nullable From next) {
    }
}
