package io.millrace.jobs;

import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.StateName;
import org.jspecify.annotations.Nullable;

/** Deletes waiting jobs, a batch at a time, each as {@link CancelJob} does. What somebody holds just now is passed over. */
final class CancelWaitingJobs {

    static final int AT_ONCE = 500;

    private final JobStore store;
    private final LookForJobs look;
    private final EnqueueTransaction transaction;
    private final WakeUp wakeUp;
    private final UniqueKeys keys;
    private final String jobs;

    CancelWaitingJobs(JobStore store, LookForJobs look, EnqueueTransaction transaction, WakeUp wakeUp,
            JobsSchema schema) {
        this.store = store;
        this.look = look;
        this.transaction = transaction;
        this.wakeUp = wakeUp;
        this.keys = new UniqueKeys(schema);
        this.jobs = schema.prefix() + "jobrunr_jobs";
    }

    /** How many of each type would be cancelled. */
    Map<String, Integer> look(JobFilter which, int most) {
        requireSome(most);
        var byType = new TreeMap<String, Integer>();
        for (var state : states(which)) {
            var waiting = waiting(which, state);
            // Nothing is sorted where all are counted.
            String first = most == Integer.MAX_VALUE
                    ? ""
                    : "order by updatedAt, id limit " + (most - FailedJobsInBatches.sum(byType));
            transaction.jdbc()
                    .sql("select type, count(*) from (select coalesce(type, '%s') as type %s %s) as found group by type"
                            .formatted(UnreadableRow.UNKNOWN_TYPE, waiting.sql, first))
                    .params(waiting.conditions.parameters())
                    .query(row -> {
                        byType.merge(row.getString(1), row.getInt(2), Integer::sum);
                    });
        }
        return byType;
    }

    /** How many of each type were cancelled. */
    Map<String, Integer> cancel(JobFilter which, int most) {
        requireSome(most);
        var cancelled = new TreeMap<String, Integer>();
        for (var state : states(which)) {
            cancel(waiting(which, state), most, cancelled);
        }
        return cancelled;
    }

    private static void requireSome(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be 1 or more, but was " + most);
        }
    }

    private void cancel(Waiting waiting, int most, Map<String, Integer> cancelled) {
        int left = most - FailedJobsInBatches.sum(cancelled);
        if (left == 0) {
            return;
        }
        var newest = transaction.jdbc().sql("select max(updatedAt) " + waiting.sql)
                .params(waiting.conditions.parameters()).query(LocalDateTime.class).optional();
        for (var place = newest.map(From::start).orElse(null); place != null;) {
            var batch = batch(waiting, place, Math.min(AT_ONCE, left));
            left -= batch.cancelled.size();
            batch.cancelled.forEach(job -> cancelled.merge(
                    Envelope.of(job).map(EnqueuedJob::type).orElse(UnreadableRow.UNKNOWN_TYPE), 1, Integer::sum));
            place = left > 0 ? batch.next : null;
        }
    }

    private Batch batch(Waiting waiting, From place, int most) {
        return transaction.allOrNothing(() -> {
            // Jobs before keys, unlike all others: nobody is waited for.
            var found = transaction.jdbc().sql("""
                                               select id, updatedAt %s
                                                   and updatedAt >= :after and updatedAt <= :newest
                                                   and (updatedAt, id) > (:after, :afterId)
                                               order by updatedAt, id
                                               limit :most
                                               for update skip locked
                                               """.formatted(waiting.sql)).params(waiting.conditions.parameters())
                    .param("after", place.after).param("afterId", place.id).param("newest", place.newest)
                    .param("most", most)
                    .query((row, _) -> new Found(UUID.fromString(row.getString(1)),
                            row.getObject(2, LocalDateTime.class)))
                    .list();
            var free = keys.lockOfThoseThatNobodyHolds(transaction.jdbc(), found.stream().map(Found::id).toList());
            var cancelled = cancel(free);
            return new Batch(cancelled, found.size() < most ? null : place.behind(found.getLast()));
        });
    }

    private List<Job> cancel(List<UUID> locked) {
        var cancelled = transaction.onConnection(connection -> {
            var rows = store.rows();
            var waiting = rows.select(connection,
                    "select %s from %s where id = any (?::text[]::bpchar[])".formatted(JobRows.COLUMNS, jobs),
                    select -> select.setArray(1, JobRows.ids(connection, locked)));
            rows.change(connection, waiting, job -> job.delete(CancelJob.REASON));
            return rows.write(connection, waiting).written();
        });
        if (!cancelled.isEmpty()) {
            keys.endPeriodOf(transaction.jdbc(), cancelled.stream().map(Job::getId).toList());
            // As for a single one: others may have waited for their end.
            transaction.afterEnd(wakeUp::workers);
        }
        return cancelled;
    }

    /** First those that may become ENQUEUED meanwhile. */
    private static Set<StateName> states(JobFilter which) {
        return switch (which.state()) {
            case null -> EnumSet.of(StateName.AWAITING, StateName.SCHEDULED, StateName.ENQUEUED);
            case SCHEDULED -> EnumSet.of(StateName.AWAITING, StateName.SCHEDULED);
            case ENQUEUED -> EnumSet.of(StateName.ENQUEUED);
            default -> throw new IllegalArgumentException(
                    "state must be SCHEDULED or ENQUEUED, or left out for both, but was " + which.state()
                            + ": cancel ends jobs that wait");
        };
    }

    private Waiting waiting(JobFilter which, StateName state) {
        var conditions = look.conditions(which);
        return new Waiting(conditions, "from %s where state = '%s' and unreadable is null %s".formatted(jobs, state,
                conditions.ofRows()));
    }

    private record Waiting(JobConditions conditions, String sql) {
    }

    private record Found(UUID id, LocalDateTime since) {
    }

    /**
     * Where the next batch begins.
     *
     * @param newest
     *            since when the last one waits that waited at first
     */
    private record From(LocalDateTime after, String id, LocalDateTime newest) {

        static From start(LocalDateTime newest) {
            // Postgres' -infinity.
            return new From(LocalDateTime.MIN, "", newest);
        }

        From behind(Found last) {
            return new From(last.since, last.id.toString(), newest);
        }
    }

    private record Batch(List<Job> cancelled, @Nullable From next) {
    }
}
