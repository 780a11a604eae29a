package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** The statements of a {@link JobListing}, each of which reads no more rows than it is told to. */
final class LookForJobs {

    /** Before the newest. */
    static final JobPage.Place START = new JobPage.Place(Instant.MAX, new UUID(0, 0));

    /** As many rows of one state or label are read at once rather than walked to. */
    private static final int FEW = 5_000;

    private final EnqueueTransaction transaction;
    private final StatusRows statusRows;
    private final String jobs;

    LookForJobs(DataSource dataSource, JobsSchema schema, JobStore store) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.statusRows = new StatusRows(store, schema);
        this.jobs = schema.prefix() + "jobrunr_jobs";
    }

    /** What of the next {@code most} jobs fits, but not more than {@code wanted}. */
    Seen behind(JobPage.Place place, JobFilter filter, int most, int wanted) {
        var fitting = new ArrayList<JobPage.Place>();
        var last = new ArrayList<JobPage.Place>();
        transaction.jdbc().sql("""
                               with looked as materialized (
                                   select id, createdAt, state, type, queue, labels from %1$s
                                   where (createdAt, id) < (:createdAt, cast(:id as bpchar))
                                   order by createdAt desc, id desc limit :most),
                               fitting as (
                                   select id, createdAt from looked where true %2$s
                                   order by createdAt desc, id desc limit :wanted),
                               last as (
                                   select id, createdAt from looked
                                   where (select count(*) from looked) = :most
                                   order by createdAt, id limit 1)
                               select 'fitting' as what, id, createdAt from fitting
                               union all select 'last', id, createdAt from last
                               order by what, createdAt desc, id desc
                               """.formatted(jobs, conditions(filter)))
                .params(parameters(filter)).params(from(place)).param("most", most).param("wanted", wanted)
                .query((row, _) -> (row.getString("what").equals("last") ? last : fitting).add(place(row))).list();
        return new Seen(fitting, last.isEmpty() ? null : last.getFirst());
    }

    /** Whether all jobs of the filter's label, or else of its state, are so few that an index leads to them. */
    boolean areFew(JobFilter filter) {
        String one = rarest(filter);
        return one != null && transaction.jdbc()
                .sql("select count(*) from (select from %s where %s limit :few) as few".formatted(jobs, one))
                .params(parameters(filter)).param("few", FEW + 1).query(Integer.class).single() <= FEW;
    }

    /** What fits behind a place, where {@link #areFew}. */
    List<JobPage.Place> amongFew(JobPage.Place place, JobFilter filter, int wanted) {
        return transaction.jdbc().sql("""
                                      with few as materialized (
                                          select id, createdAt, state, type, queue, labels from %1$s where %2$s)
                                      select id, createdAt from few
                                      where (createdAt, id) < (:createdAt, cast(:id as bpchar)) %3$s
                                      order by createdAt desc, id desc limit :wanted
                                      """.formatted(jobs, Objects.requireNonNull(rarest(filter)), conditions(filter)))
                .params(parameters(filter)).params(from(place)).param("wanted", wanted)
                .query((row, _) -> place(row)).list();
    }

    /** The jobs at these places, in their order, without those that have gone or changed since and do not fit any more. */
    List<JobStatus> at(List<JobPage.Place> places, JobFilter filter) {
        var ids = places.stream().map(place -> place.id().toString()).toArray(String[]::new);
        var found = transaction.jdbc().sql("""
                                           select %s from %s
                                           where id = any (cast(cast(:ids as text[]) as bpchar[])) %s
                                           """.formatted(StatusRows.COLUMNS, statusRows.from(), conditions(filter)))
                .params(parameters(filter)).param("ids", ids).query((row, _) -> statusRows.status(row)).list().stream()
                .collect(Collectors.toMap(JobStatus::id, job -> job));
        return places.stream().map(place -> found.get(place.id())).filter(Objects::nonNull).toList();
    }

    private static String conditions(JobFilter filter) {
        var conditions = new LinkedHashMap<String, @Nullable Object>();
        conditions.put(stateIs(filter), filter.state());
        conditions.put("type = :type", filter.type());
        conditions.put("queue = :queue", filter.queue());
        conditions.put("labels @> array[cast(:label as text)]", filter.label());
        return conditions.entrySet().stream().filter(condition -> condition.getValue() != null)
                .map(condition -> "and " + condition.getKey()).collect(Collectors.joining(" "));
    }

    private static @Nullable String rarest(JobFilter filter) {
        if (filter.label() != null) {
            return "labels @> array[cast(:label as text)]";
        }
        return filter.state() == null ? null : stateIs(filter);
    }

    /** Callers know no AWAITING. */
    private static String stateIs(JobFilter filter) {
        return filter.state() == JobStatus.State.SCHEDULED ? "state in ('AWAITING', 'SCHEDULED')" : "state = :state";
    }

    private static Map<String, Object> parameters(JobFilter filter) {
        var parameters = new HashMap<String, Object>();
        put(parameters, "state", filter.state() == null ? null : filter.state().name());
        put(parameters, "type", filter.type());
        put(parameters, "queue", filter.queue());
        put(parameters, "label", filter.label());
        return parameters;
    }

    private static Map<String, Object> from(JobPage.Place place) {
        return Map.of("id", place.id().toString(), "createdAt", place.equals(START)
                ? LocalDateTime.MAX
                : LocalDateTime.ofInstant(place.createdAt(), ZoneOffset.UTC));
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private static JobPage.Place place(ResultSet row) throws SQLException {
        return new JobPage.Place(row.getObject("createdAt", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                UUID.fromString(row.getString("id")));
    }

    /**
     * What one look has seen.
     *
     * @param last
     *            the last that was looked at; null where nothing is behind it
     */
    record Seen(List<JobPage.Place> fitting, JobPage.@Nullable Place last) {
    }
}
