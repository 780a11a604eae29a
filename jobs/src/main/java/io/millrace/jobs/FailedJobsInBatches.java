package io.millrace.jobs;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Moves failed jobs on, a batch at a time, by when they failed. What somebody holds just now is passed over, and so is what fails
 * again meanwhile.
 */
final class FailedJobsInBatches {

    static final int AT_ONCE = 500;

    private final MoveFailed move;
    private final EnqueueTransaction transaction;
    private final Runnable afterCommit;
    private final UniqueKeys keys;
    private final String table;

    /**
     * @param afterCommit
     *            to be run when some were moved
     */
    FailedJobsInBatches(MoveFailed move, EnqueueTransaction transaction, JobsSchema schema, Runnable afterCommit) {
        this.move = move;
        this.transaction = transaction;
        this.afterCommit = afterCommit;
        this.keys = new UniqueKeys(schema);
        this.table = schema.prefix() + "jobrunr_jobs";
    }

    private String failed(FailedJobs which) {
        return failed(which, "");
    }

    /**
     * Those of the time and the label first, in order and behind an offset: then the planner has nothing to gain from any other index than
     * {@code jobrunr_jobs_failed}, which has all that is asked of them but the label.
     */
    private String failed(FailedJobs which, String place) {
        var first = new LinkedHashMap<String, @Nullable Object>();
        first.put(JobConditions.HAS_LABEL, which.label());
        first.put("updatedAt >= :from", which.from());
        first.put("updatedAt < :before", which.before());
        var then = new LinkedHashMap<String, @Nullable Object>();
        then.put("type = :type", which.type());
        then.put("queue = :queue", which.queue());
        then.put("right('.' || (%s), length(:exception) + 1) = '.' || :exception"
                .formatted(ErrorText.typeOfFailed("failed", table)), which.exception());
        then.put(ErrorText.contains("(" + ErrorText.ofFailed("failed", table) + ")", ":error"), which.error());
        return """
               from (select id, updatedAt, type, queue, error from %s
                     where state = 'FAILED' and unreadable is null %s %s
                     order by updatedAt, id offset 0) as failed
               where true %s
               """.formatted(table, place, JobConditions.asked(first), JobConditions.asked(then));
    }

    /** How many of each type would be moved. */
    Map<String, Integer> look(FailedJobs which) {
        var byType = new TreeMap<String, Integer>();
        select("select type, count(*) from (select coalesce(type, '%s') as type %s order by updatedAt, id limit :limit) found group by type"
                .formatted(UnreadableRow.UNKNOWN_TYPE, failed(which)), which).param("limit", which.limit())
                .query(row -> {
                    byType.put(row.getString(1), row.getInt(2));
                });
        return byType;
    }

    /** How many of each type were moved. */
    Map<String, Integer> move(FailedJobs which) {
        var newest = select("select max(updatedAt) " + failed(which), which).query(LocalDateTime.class).optional();
        var moved = new TreeMap<String, Integer>();
        int jobs = 0;
        for (var place = newest.map(From::start).orElse(null); place != null;) {
            var batch = batch(which, place, Math.min(AT_ONCE, which.limit() - jobs));
            batch.moved.forEach((type, more) -> moved.merge(type, more, Integer::sum));
            jobs += sum(batch.moved);
            place = jobs < which.limit() ? batch.next : null;
        }
        return moved;
    }

    private Batch batch(FailedJobs which, From place, int most) {
        return transaction.allOrNothing(() -> {
            var found = select(
                    "select id, updatedAt %s order by updatedAt, id limit :limit".formatted(failed(which,
                            """
                            and updatedAt >= :after and updatedAt <= :newest and (updatedAt, id) > (:after, :id)""")),
                    which).param("after", place.after).param("id", place.id)
                    .param("newest", place.newest).param("limit", most)
                    .query((row, number) -> new Found(UUID.fromString(row.getString(1)),
                            row.getObject(2, LocalDateTime.class)))
                    .list();
            // Keys are locked before jobs.
            var free = keys.lockOfThoseThatNobodyHolds(transaction.jdbc(), found.stream().map(Found::id).toList());
            var moved = transaction.onConnection(connection -> move.of(connection, free));
            if (!moved.isEmpty()) {
                transaction.afterCommit(afterCommit);
            }
            return new Batch(moved, found.size() < most ? null : place.behind(found.getLast()));
        });
    }

    private StatementSpec select(String sql, FailedJobs which) {
        var parameters = new HashMap<String, @Nullable Object>();
        parameters.put("type", which.type());
        parameters.put("queue", which.queue());
        parameters.put("label", which.label());
        parameters.put("from", QueuedJobs.utc(which.from()));
        parameters.put("before", QueuedJobs.utc(which.before()));
        parameters.put("exception", which.exception());
        parameters.put("error", which.error());
        return transaction.jdbc().sql(sql).params(parameters);
    }

    static int sum(Map<String, Integer> byType) {
        return byType.values().stream().mapToInt(Integer::intValue).sum();
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

    private record Batch(Map<String, Integer> moved, @Nullable From next) {
    }
}
