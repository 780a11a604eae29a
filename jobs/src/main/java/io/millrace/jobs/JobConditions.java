package io.millrace.jobs;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A {@link JobFilter} in SQL. States are written out: Postgres knows only then which partial index fits.
 *
 * @param keyed
 *            what {@link KeyedJobs} finds for the filter's key
 */
record JobConditions(JobFilter filter, List<UUID> keyed) {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    /** Those whose places their ids say are found by these ({@link JobIds}). */
    private static final String EVERY_OTHER = "placedById is not true";
    private static final String IS_KEYED = "id = any (cast(cast(:keyed as text[]) as bpchar[]))";
    private static final String IS_OF_TYPE = "type = :type";
    private static final String IS_IN_QUEUE = "queue = :queue";
    static final String HAS_LABEL = "labels @> array[cast(:label as text)]";
    private static final String HAS_CONCURRENCY_KEY = "concurrencyKey = :key";

    /** What {@link #ofColumns} needs of a row and no more, so that an index alone may have it. */
    String columns() {
        var columns = new TreeSet<>(Set.of("id", "createdAt"));
        add(columns, filter.state(), "state");
        add(columns, filter.type(), "type");
        add(columns, filter.queue(), "queue");
        add(columns, filter.label(), "labels");
        add(columns, filter.key(), "concurrencyKey");
        add(columns, filter.error(), "state", "error");
        return String.join(", ", columns);
    }

    private static void add(Set<String> columns, @Nullable Object asked, String... needed) {
        if (asked != null) {
            columns.addAll(List.of(needed));
        }
    }

    /** Each behind an {@code and}, on {@link #columns} that were selected before, as rows of this name. */
    String ofColumns(String row, String jobs) {
        return conditions("(" + ErrorText.ofColumns(row, jobs) + ")");
    }

    /** The same on rows of the table itself. */
    String ofRows() {
        return conditions("(" + ErrorText.ofRow() + ")");
    }

    private String conditions(String failure) {
        var conditions = new LinkedHashMap<String, @Nullable Object>();
        conditions.put(stateIs(), filter.state());
        conditions.put(IS_OF_TYPE, filter.type());
        conditions.put(IS_IN_QUEUE, filter.queue());
        conditions.put(HAS_LABEL, filter.label());
        conditions.put("createdAt >= :createdFrom", filter.createdFrom());
        conditions.put("createdAt < :createdBefore", filter.createdBefore());
        conditions.put("(%s or %s)".formatted(HAS_CONCURRENCY_KEY, IS_KEYED), filter.key());
        conditions.put("state <> 'SUCCEEDED' and " + ErrorText.contains(failure, ":error"), filter.error());
        return asked(conditions);
    }

    /** What a stretch of {@link JobZones} must have that one of its jobs fits, each behind an {@code and}. */
    String ofZones() {
        var conditions = new LinkedHashMap<String, @Nullable Object>();
        conditions.put("(types is null or types @> array[cast(:type as text)])", filter.type());
        conditions.put("(queues is null or queues @> array[cast(:queue as text)])", filter.queue());
        conditions.put("(labels is null or " + HAS_LABEL + ")", filter.label());
        return asked(conditions);
    }

    /** The same of a job that stands for itself there. */
    String ofStrays() {
        var conditions = new LinkedHashMap<String, @Nullable Object>();
        conditions.put(IS_OF_TYPE, filter.type());
        conditions.put(IS_IN_QUEUE, filter.queue());
        conditions.put(HAS_LABEL, filter.label());
        return asked(conditions);
    }

    /** Those that something is asked for, each behind an {@code and}; in their order. */
    static String asked(Map<String, @Nullable Object> conditions) {
        return conditions.entrySet().stream().filter(condition -> condition.getValue() != null)
                .map(condition -> "and " + condition.getKey()).collect(Collectors.joining(" "));
    }

    /** Whether the way is through all jobs: the {@link #ways} are through those alone whose places their ids do not say. */
    boolean areOfAll() {
        return ways().contains(EVERY_OTHER);
    }

    /** What leads to all that fit and to few others, if anything does, for the walk from the newest to the oldest. */
    List<String> ways() {
        if (filter.key() != null) {
            return List.of(HAS_CONCURRENCY_KEY, IS_KEYED + " and concurrencyKey is distinct from :key");
        }
        if (filter.state() == JobStatus.State.FAILED) {
            return List.of(stateIs());
        }
        return List.of(filter.error() == null ? EVERY_OTHER : ErrorText.TROUBLED);
    }

    /**
     * Those of which the fewest rows may be, each with an index that leads to all of them; none of another's are among one's. Empty if
     * there are none.
     */
    List<String> rarest() {
        if (filter.label() != null) {
            return List.of(HAS_LABEL);
        }
        if (filter.state() == JobStatus.State.ENQUEUED && filter.queue() != null) {
            // Of the two indexes of the dequeue.
            var inQueue = stateIs() + " and queue = :queue and concurrencyKey ";
            return List.of(inQueue + "is null", inQueue + "is not null");
        }
        // What has FAILED is on a way of its own.
        return filter.state() == null || filter.state() == JobStatus.State.FAILED ? List.of() : List.of(stateIs());
    }

    /** Callers know no AWAITING. */
    private String stateIs() {
        return filter.state() == JobStatus.State.SCHEDULED
                ? "state in ('AWAITING', 'SCHEDULED')"
                : "state = '%s'".formatted(filter.state());
    }

    Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        put(parameters, "type", filter.type());
        put(parameters, "queue", filter.queue());
        put(parameters, "label", filter.label());
        put(parameters, "createdFrom", utc(filter.createdFrom()));
        put(parameters, "createdBefore", utc(filter.createdBefore()));
        put(parameters, "error", filter.error());
        if (filter.key() != null) {
            put(parameters, "key", filter.key());
            put(parameters, "keyed", keyed.stream().map(UUID::toString).toArray(String[]::new));
        }
        return parameters;
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    /** Rows have microseconds: what is not before a time is not before the next of them either. */
    static @Nullable LocalDateTime utc(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        var possible = time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
        var utc = LocalDateTime.ofInstant(possible, ZoneOffset.UTC);
        var micros = utc.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(utc) ? utc : micros.plus(1, ChronoUnit.MICROS);
    }
}
