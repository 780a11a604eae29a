package io.millrace.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Comparator;

/**
 * Where a job stands in its queue: each point of priority is worth a minute of waiting, so that an old job of low priority
 * overtakes in bounded time.
 */
record Place(LocalDateTime turn, String id) implements Comparable<Place> {

    /** What an index holds for each waiting row. */
    static final String TURN = "updatedAt - priority * interval '1 minute'";
    static final String ORDER = TURN + ", id";

    private static final Comparator<Place> BY_TURN = Comparator.comparing(Place::turn).thenComparing(Place::id);

    /** Of a row with {@code turn} and {@code id}. */
    static Place of(ResultSet row) throws SQLException {
        return new Place(row.getObject("turn", LocalDateTime.class), row.getString("id"));
    }

    @Override
    public int compareTo(Place other) {
        return BY_TURN.compare(this, other);
    }
}
