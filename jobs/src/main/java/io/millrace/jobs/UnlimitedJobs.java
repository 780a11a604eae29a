package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The waiting jobs of a queue that have no {@link ConcurrencyLimit}, in their order. */
final class UnlimitedJobs {

    /** As its index has it. */
    static final String WAITING = "state = 'ENQUEUED' and concurrencyKey is null";

    private final String lock;
    private final String places;

    UnlimitedJobs(JobsSchema schema) {
        String jobs = schema.prefix() + "jobrunr_jobs";
        String first = "from %s where %s and queue = ? and id <> all (?::text[]::bpchar[]) and %s order by %s limit ?"
                .formatted(jobs, WAITING,
                        UniqueKeys.mayStart(jobs), Place.ORDER);
        this.lock = "select id %s for update skip locked".formatted(first);
        this.places = "select %s as turn, id %s".formatted(Place.TURN, first);
    }

    /** The first ones that nobody else is taking; their rows are locked until the transaction ends. */
    List<UUID> lock(Connection connection, String queue, Taken taken, int most) throws SQLException {
        try (var select = connection.prepareStatement(lock)) {
            select.setString(1, queue);
            select.setArray(2, taken.ids(connection));
            select.setInt(3, most);
            var found = new ArrayList<UUID>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(UUID.fromString(rows.getString(1)));
                }
            }
            return found;
        }
    }

    /** Where the first ones stand, those that others are taking included. */
    List<Place> places(Connection connection, String queue, Taken taken, int most) throws SQLException {
        try (var select = connection.prepareStatement(places)) {
            select.setString(1, queue);
            select.setArray(2, taken.ids(connection));
            select.setInt(3, most);
            var found = new ArrayList<Place>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(Place.of(rows));
                }
            }
            return found;
        }
    }
}
