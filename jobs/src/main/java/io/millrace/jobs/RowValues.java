package io.millrace.jobs;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Many rows as the parameters of one statement: an array for each column, and one value for a column that is the same in all of them.
 * Postgres takes each array apart into a table of its own, row by row: of many jobs that are enqueued or end together nearly all columns are alike.
 *
 * @param <T>
 *            what a row is made of
 */
final class RowValues<T> {

    /** Fewer, but for a single one, are arrays all: which of their columns are alike differs each time, and each pattern is a statement. */
    static final int FEWEST = 16;

    private final List<Column<T>> columns;
    private final UnaryOperator<String> statement;
    /** By which columns are arrays. */
    private final Map<List<Boolean>, String> statements = new ConcurrentHashMap<>();

    /**
     * @param columns
     *            of which the first is an array in any case
     * @param statement
     *            says what is done with a table expression, which has these columns and needs an alias
     */
    RowValues(List<Column<T>> columns, UnaryOperator<String> statement) {
        this.columns = List.copyOf(columns);
        this.statement = statement;
    }

    /** The values of at least one row. */
    Filled of(List<T> rows) {
        return new Filled(columns.stream()
                .map(column -> rows.stream().map(column.value).toArray(String[]::new)).toList());
    }

    private String sql(List<Boolean> arrays) {
        var selected = new ArrayList<String>();
        var unnested = new ArrayList<String>();
        var names = new ArrayList<String>();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            if (arrays.get(i)) {
                selected.add(column.name);
                unnested.add("?::" + column.type + "[]");
                names.add(column.name);
            } else {
                selected.add("?::" + column.type + " as " + column.name);
            }
        }
        return statement.apply("(select %s from unnest(%s) as varied (%s))".formatted(String.join(", ", selected),
                String.join(", ", unnested), String.join(", ", names)));
    }

    /**
     * One of them.
     *
     * @param type
     *            Postgres' name of it
     * @param value
     *            as text
     */
    record Column<T>(String name, String type, Function<T, @Nullable String> value) {
    }

    /** Rows that a statement is given. */
    final class Filled {

        private final List<String[]> values;
        private final List<Boolean> arrays;

        private Filled(List<String[]> values) {
            this.values = values;
            var areArrays = new ArrayList<Boolean>();
            for (var column : values) {
                int rows = column.length;
                areArrays.add(areArrays.isEmpty() || (rows > 1 && rows < FEWEST) || !areAlike(column));
            }
            this.arrays = List.copyOf(areArrays);
        }

        private static boolean areAlike(String[] column) {
            return Arrays.stream(column).allMatch(value -> Objects.equals(value, column[0]));
        }

        String sql() {
            return statements.computeIfAbsent(arrays, RowValues.this::sql);
        }

        /**
         * Sets the parameters of the table, of which the first is the statement's {@code from}th.
         *
         * @return the number of the next
         */
        int bind(PreparedStatement prepared, int from) throws SQLException {
            int next = from;
            for (int i = 0; i < values.size(); i++) {
                if (!arrays.get(i)) {
                    prepared.setString(next++, values.get(i)[0]);
                }
            }
            for (int i = 0; i < values.size(); i++) {
                if (arrays.get(i)) {
                    // As an array of strings it travels in binary; as one of objects each quote in it would be escaped.
                    prepared.setArray(next++, prepared.getConnection().createArrayOf("text", values.get(i)));
                }
            }
            return next;
        }
    }
}
