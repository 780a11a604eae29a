package io.millrace.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** Cuts jobs in their order into the stretches of {@link JobZones}, for {@link MapZones}. */
final class WriteZones {

    /** In a stretch, and more only where they are of one microsecond. */
    static final int JOBS = 2_048;

    /** More different types or queues are not written down. */
    static final int NAMES = 100;
    /** Nor more labels: those that each job has of its own are found by their index. */
    static final int LABELS = 1_000;

    private final String lastOfOthers;
    private final String write;

    WriteZones(JobsSchema schema) {
        this.lastOfOthers = """
                            select createdAt from %sjobrunr_jobs
                            where placedById is not true and createdAt >= ? and createdAt < ?
                            order by createdAt, id offset ? limit 1
                            """.formatted(schema.prefix());
        this.write = """
                     with numbered as (
                         select *, row_number() over (order by createdAt) - 1 as number from (
                             (select createdAt, type, queue, labels from %1$sjobrunr_jobs
                              where placedById and id >= cast(? as bpchar) and id < cast(? as bpchar)
                              order by id limit ?)
                             union all
                             (select createdAt, type, queue, labels from %1$sjobrunr_jobs
                              where placedById is not true and createdAt >= ? and createdAt < ?
                              order by createdAt, id limit ?)
                             order by createdAt limit ?) jobs),
                     zoned as materialized (
                         select createdAt, type, queue, labels, min(number) over (partition by createdAt) / %2$d as zone
                         from numbered),
                     labelled as materialized (
                         select zone, array_agg(distinct label) as labels
                         from zoned, unnest(labels) label group by zone),
                     named as (
                         select zone, min(createdAt) as first, array_agg(distinct type) as types,
                             array_agg(distinct queue) as queues
                         from zoned group by zone),
                     cut as materialized (
                         select case when zone = 0 then coalesce(?, first) else first end as begins,
                             lead(first) over (order by zone) as ends, types, queues, coalesce(labels, '{}') as labels
                         from named left join labelled using (zone)),
                     written as (
                         insert into %1$sjob_zones (begins, ends, types, queues, labels)
                         select begins, ends, %1$snames_of_both(types, '{}', %3$d),
                             %1$snames_of_both(queues, '{}', %3$d), %1$snames_of_both(labels, '{}', %4$d)
                         from cut where ends is not null),
                     gone_on as (
                         update %1$sjob_zones_upto set upto = last
                         from (select max(ends) as last from cut) last where last is not null)
                     select (select count(*) from zoned), (select count(ends) from cut)
                     """.formatted(schema.prefix(), JOBS, NAMES, LABELS);
    }

    /**
     * Of at most so many jobs those that make whole stretches; the rest is for another time.
     *
     * @param from
     *            where the stretch before the first ends; null before all jobs
     */
    Written write(Connection connection, @Nullable LocalDateTime from, LocalDateTime latest, int most)
            throws SQLException {
        var start = from == null ? LocalDateTime.MIN : from;
        var before = behindTheLast(connection, start, latest, most);
        try (var statement = connection.prepareStatement(write)) {
            statement.setString(1, firstId(start));
            statement.setString(2, firstId(before));
            statement.setInt(3, most);
            statement.setObject(4, start);
            statement.setObject(5, before);
            statement.setInt(6, most);
            statement.setInt(7, most);
            statement.setObject(8, from);
            try (var row = statement.executeQuery()) {
                row.next();
                return new Written(row.getInt(1), row.getInt(2));
            }
        }
    }

    /**
     * So that of the ids that say nothing the primary key has hardly more between them than are asked for: those that JobRunr makes
     * stand among ours, and are read and passed over.
     */
    private LocalDateTime behindTheLast(Connection connection, LocalDateTime from, LocalDateTime before, int most)
            throws SQLException {
        try (var statement = connection.prepareStatement(lastOfOthers)) {
            statement.setObject(1, from);
            statement.setObject(2, before);
            statement.setInt(3, most - 1);
            return time(statement).map(last -> last.plus(1, ChronoUnit.MICROS)).orElse(before);
        }
    }

    /** What a statement finds first. */
    static Optional<LocalDateTime> time(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getObject(1, LocalDateTime.class)) : Optional.empty();
        }
    }

    /** Of those that say their place. */
    static String firstId(LocalDateTime createdAt) {
        return JobIds.from(createdAt.toInstant(ZoneOffset.UTC)).toString();
    }

    /** How many were looked at, and how many stretches that made. */
    record Written(int jobs, int zones) {
    }
}
