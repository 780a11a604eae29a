package io.millrace.jobs.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.millrace.jobs.figures.Tally.Event;

/** How a {@link Tally} stands in a row. */
final class TallyColumns {

    private static final List<String> NAMES = Stream
            .concat(Arrays.stream(Event.values()).map(Event::column), Stream.of("waits", "runs")).toList();

    static final String LIST = String.join(", ", NAMES);

    /** For {@link #arrays}. */
    static final String PARAMETERS = Arrays.stream(Event.values()).map(_ -> "?::bigint[], ")
            .collect(Collectors.joining()) + "?::bytea[], ?::bytea[]";

    static final String REPLACED = NAMES.stream().map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));

    private TallyColumns() {
    }

    static Tally read(ResultSet row) throws SQLException {
        var tally = new Tally();
        for (var event : Event.values()) {
            tally.add(event, row.getLong(event.column()));
        }
        tally.waits().addStored(row.getBytes("waits"));
        tally.runs().addStored(row.getBytes("runs"));
        return tally;
    }

    /** One for each column. */
    static List<Object> arrays(List<Tally> tallies) {
        var arrays = new ArrayList<Object>();
        for (var event : Event.values()) {
            arrays.add(tallies.stream().map(tally -> tally.count(event)).toArray(Long[]::new));
        }
        arrays.add(histograms(tallies, Tally::waits));
        arrays.add(histograms(tallies, Tally::runs));
        return arrays;
    }

    private static byte[][] histograms(List<Tally> tallies, Function<Tally, Histogram> of) {
        return tallies.stream().map(of).map(Histogram::stored).toArray(byte[][]::new);
    }
}
