package io.millrace.jobs;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The waiting jobs of a queue that have no {@link ConcurrencyLimit}, in their order. */
final class UnlimitedJobs {

    /** As its index has it. */
    static final String WAITING = "state = 'ENQUEUED' and concurrencyKey is null";

    /** How long a job of a higher priority may be overlooked. */
    private static final Duration LOOKED_AT_FRONT = Duration.ofMillis(50);

    private final String lock;
    private final String places;
    private final Map<String, Front> fronts = new ConcurrentHashMap<>();

    UnlimitedJobs(JobsSchema schema) {
        String jobs = schema.prefix() + "jobrunr_jobs";
        String first = "from %s where %s and queue = ? and %s >= ? and id <> all (?::text[]::bpchar[]) and %s order by %s limit ?"
                .formatted(jobs, WAITING, Place.TURN, UniqueKeys.mayStart(jobs), Place.ORDER);
        this.places = "select %s as turn, id %s".formatted(Place.TURN, first);
        this.lock = places + " for update skip locked";
    }

    /**
     * The first ones that nobody else is taking; their rows are locked until the transaction ends.
     *
     * <p>
     * In front of them the index still holds every job that was taken since the last vacuum. So most looks begin where one
     * has just found the first job. What came in front of it meanwhile waits until they find too few, or for 50 ms.
     */
    List<UUID> lock(Connection connection, String queue, Taken taken, int most) throws SQLException {
        var front = fronts.get(queue);
        List<UUID> found = List.of();
        if (front != null && System.nanoTime() - front.foundAt < LOOKED_AT_FRONT.toNanos()) {
            found = ids(find(connection, lock, queue, front.place.turn(), taken.ids(connection), most));
        }
        return found.size() == most ? found : andFromTheFront(connection, queue, taken, found, most);
    }

    private List<UUID> andFromTheFront(Connection connection, String queue, Taken taken, List<UUID> found, int most)
            throws SQLException {
        var others = find(connection, lock, queue, LocalDateTime.MIN, taken.idsAnd(connection, found),
                most - found.size());
        if (found.isEmpty() && others.size() == most) {
            fronts.put(queue, new Front(others.getFirst(), System.nanoTime()));
        } else {
            fronts.remove(queue);
        }
        return Stream.concat(ids(others).stream(), found.stream()).toList();
    }

    /** Where the first ones stand, those that others are taking included. */
    List<Place> places(Connection connection, String queue, Taken taken, int most) throws SQLException {
        return find(connection, places, queue, LocalDateTime.MIN, taken.ids(connection), most);
    }

    private static List<Place> find(Connection connection, String sql, String queue, LocalDateTime from,
            Array without, int most) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, queue);
            select.setObject(2, from);
            select.setArray(3, without);
            select.setInt(4, most);
            var found = new ArrayList<Place>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(Place.of(rows));
                }
            }
            return found;
        }
    }

    private static List<UUID> ids(List<Place> places) {
        return places.stream().map(place -> UUID.fromString(place.id())).toList();
    }

    /**
     * @param place
     *            of the first job that a look from the very front has found
     */
    private record Front(Place place, long foundAt) {
    }
}
