package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** The statements of a {@link JobListing}, each of which reads no more rows than it is told to, or twice as many where it looks at all jobs. */
final class LookForJobs {

    /** Before the newest. */
    static final JobPage.Place START = new JobPage.Place(Instant.MAX, new UUID(0, 0));

    private static final String IN_ORDER = "order by createdAt desc, id desc";
    private static final String BEHIND = "(createdAt, id) < (:placeCreatedAt, cast(:placeId as bpchar))";

    private static final String PLACED_END = """
                                             union all (select 'placed end', id, createdAt from placed
                                                 where (select count(*) from placed) = :most order by id limit 1)
                                             """;

    private final EnqueueTransaction transaction;
    private final StatusRows statusRows;
    private final KeyedJobs keyedJobs;
    private final JobZones zones;
    private final String jobs;

    LookForJobs(DataSource dataSource, JobsSchema schema, JobStore store) {
        this.transaction = new EnqueueTransaction(dataSource);
        this.statusRows = new StatusRows(store, schema);
        this.keyedJobs = new KeyedJobs(schema);
        this.zones = new JobZones(schema);
        this.jobs = schema.prefix() + "jobrunr_jobs";
    }

    Looks looksFor(JobFilter filter) {
        return new Looks(conditions(filter));
    }

    /** The filter, with what it takes to know the jobs of its key. */
    JobConditions conditions(JobFilter filter) {
        var key = filter.key();
        return new JobConditions(filter, key == null ? List.of() : keyedJobs.of(transaction.jdbc(), key));
    }

    /** For one filter. */
    final class Looks {

        private final JobConditions conditions;
        private final String others;
        private final boolean ofAll;

        private Looks(JobConditions conditions) {
            this.conditions = conditions;
            this.ofAll = conditions.areOfAll();
            var bound = conditions.filter().createdFrom() == null ? "" : "and createdAt >= :createdFrom";
            var ways = conditions.ways().stream()
                    .map(way -> "select %s from %s where %s and %s %s %s limit :most".formatted(conditions.columns(),
                            jobs, way, BEHIND, bound, IN_ORDER))
                    .toList();
            this.others = ways.size() == 1
                    ? ways.getFirst()
                    : "select * from ((%s)) as ways %s limit :most".formatted(String.join(") union all (", ways),
                            IN_ORDER);
        }

        /** Where the newest that may fit is behind. */
        JobPage.Place start() {
            var before = conditions.filter().createdBefore();
            return before == null ? START : new JobPage.Place(before, new UUID(0, 0));
        }

        /** Where something may fit again behind a place, the same one if that is there; empty if nobody knows. */
        Optional<JobPage.Place> skip(JobPage.Place place) {
            return ofAll && JobZones.tellOf(conditions.filter())
                    ? zones.skip(transaction.jdbc(), conditions, place)
                    : Optional.empty();
        }

        /** What of the next {@code most} jobs fits, but not more than {@code wanted}. */
        Seen behind(JobPage.Place place, int most, int wanted) {
            var fitting = new ArrayList<JobPage.Place>();
            var ends = new ArrayList<JobPage.Place>();
            transaction.jdbc().sql("""
                                   with others as materialized (%1$s), %2$s,
                                   fitting as (
                                       select id, createdAt from looked where true %3$s %4$s limit :wanted)
                                   select 'fitting' as what, id, createdAt from fitting
                                   union all (select 'other end', id, createdAt from others
                                       where (select count(*) from others) = :most order by createdAt, id limit 1)
                                   %5$s
                                   order by what, createdAt desc, id desc
                                   """.formatted(others, ofAll ? placedToo() : "looked as (select * from others)",
                    conditions.ofColumns("looked", jobs), IN_ORDER, ofAll ? PLACED_END : ""))
                    .params(conditions.parameters()).params(from(place)).params(ids(place)).param("most", most)
                    .param("wanted", wanted).query(row -> {
                        switch (row.getString("what")) {
                            case "fitting" -> fitting.add(place(row));
                            case "other end" -> ends.add(place(row));
                            default -> ends.add(JobIds.place(UUID.fromString(row.getString("id"))));
                        }
                    });
            var end = ends.stream().min(JobPage.Place.NEWEST_FIRST).orElse(null);
            // What the other look has seen behind it may not be all.
            fitting.removeIf(found -> end != null && JobPage.Place.NEWEST_FIRST.compare(found, end) > 0);
            return new Seen(fitting, end);
        }

        /** Those whose ids say their places stand among others, which are read and passed over: a look reads no more rows than it is told to. */
        private String placedToo() {
            return """
                   placed as materialized (
                       select %1$s, placedById from %2$s
                       where id < cast(least(cast(:before as text) collate "C", %3$s) as bpchar)
                           and id >= cast(:from as bpchar)
                       order by id desc limit :most),
                   looked as (select * from others union all select %1$s from placed where placedById)
                   """.formatted(conditions.columns(), jobs, JobIds.SQL_END);
        }

        private Map<String, String> ids(JobPage.Place place) {
            var from = JobConditions.utc(conditions.filter().createdFrom());
            var behind = new JobPage.Place(createdAt(place).toInstant(ZoneOffset.UTC), place.id());
            return Map.of("before", JobIds.before(behind).toString(), "from",
                    JobIds.from(from == null ? Instant.EPOCH : from.toInstant(ZoneOffset.UTC)).toString());
        }

        /** How many jobs there are, as far as this, that all that fit are among and an index leads to; as many if none does. */
        int rarest(int most) {
            return conditions.rarest().isEmpty()
                    ? most
                    : transaction.jdbc()
                            .sql("select count(*) from (%s limit :most) as rarest".formatted(amongRarest("1")))
                            .params(conditions.parameters()).param("most", most).query(Integer.class).single();
        }

        /** Whether {@link #rarest} reads each of them: the index of labels cannot tell by itself. */
        boolean readsEachToCount() {
            return conditions.filter().label() != null;
        }

        /** What fits behind a place, by way of those jobs. */
        List<JobPage.Place> amongRarest(JobPage.Place place, int wanted) {
            return transaction.jdbc().sql("""
                                          with rarest as materialized (%1$s)
                                          select id, createdAt from rarest where %2$s %3$s %4$s limit :wanted
                                          """.formatted(amongRarest(conditions.columns()), BEHIND,
                    conditions.ofColumns("rarest", jobs), IN_ORDER))
                    .params(conditions.parameters()).params(from(place)).param("wanted", wanted)
                    .query((row, _) -> place(row)).list();
        }

        private String amongRarest(String columns) {
            return conditions.rarest().stream()
                    .map(rarest -> "select %s from %s where %s".formatted(columns, jobs, rarest))
                    .collect(Collectors.joining(" union all "));
        }

        /** The jobs at these places, in their order, without those that have gone or changed since and do not fit any more. */
        List<JobStatus> at(List<JobPage.Place> places) {
            var ids = places.stream().map(place -> place.id().toString()).toArray(String[]::new);
            // By their ids and nothing else: behind offset 0 no other index tempts the planner.
            var found = transaction.jdbc()
                    .sql("""
                         select %1$s from (
                             select %1$s, labels, concurrencyKey, error from %2$s
                             where id = any (cast(cast(:ids as text[]) as bpchar[])) offset 0) as found
                         where true %3$s
                         """.formatted(StatusRows.COLUMNS, statusRows.from(),
                            conditions.ofRows()))
                    .params(conditions.parameters()).param("ids", ids)
                    .query((row, _) -> statusRows.status(row)).list().stream()
                    .collect(Collectors.toMap(JobStatus::id, job -> job));
            return places.stream().map(place -> found.get(place.id())).filter(Objects::nonNull).toList();
        }
    }

    private static Map<String, Object> from(JobPage.Place place) {
        return Map.of("placeId", place.id().toString(), "placeCreatedAt", place.equals(START)
                ? LocalDateTime.MAX
                : createdAt(place));
    }

    private static LocalDateTime createdAt(JobPage.Place place) {
        return Objects.requireNonNull(JobConditions.utc(place.createdAt()));
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
