package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

class RowValuesTest {

    private static final RowValues<Row> ROWS = new RowValues<>(
            List.of(new RowValues.Column<>("name", "text", Row::name),
                    new RowValues.Column<>("size", "integer", Row::size),
                    new RowValues.Column<>("at", "timestamp", Row::at)),
            rows -> "select name || '|' || pg_typeof(size) || '|' || coalesce(size, -1) || '|' || coalesce(at::date, '2000-01-01') from "
                    + rows + " as row where name <> ? order by 1");

    @Test
    void areArraysWhereTheyDifferAndOneValueWhereTheyAreAlike() throws Exception {
        var rows = many(
                i -> i == 0 ? new Row("a", "1", "2026-11-27 12:00") : new Row("b\"{,}\\" + (10 + i), "1", null));

        assertThat(ROWS.of(rows).sql()).contains("?::integer as size", "unnest(?::text[], ?::timestamp[])");
        assertThat(selected(rows)).hasSize(RowValues.FEWEST).startsWith("a|integer|1|2026-11-27",
                "b\"{,}\\11|integer|1|2000-01-01");
    }

    @Test
    void areNullWhereAllAreAndNotWhereSomeAre() throws Exception {
        assertThat(selected(many(i -> new Row("a" + i, null, null)))).hasSize(RowValues.FEWEST)
                .allMatch(row -> row.endsWith("|integer|-1|2000-01-01"));
        assertThat(selected(
                many(i -> new Row("a" + (10 + i), i == 0 ? "2" : null, i == 1 ? "2026-11-27 12:00" : null))))
                .hasSize(RowValues.FEWEST).startsWith("a10|integer|2|2000-01-01", "a11|integer|-1|2026-11-27",
                        "a12|integer|-1|2000-01-01");
    }

    /** The first column is an array, whatever it holds: without one there would be one row of many, or one of none. */
    @Test
    void areAsManyAsWereGiven() throws Exception {
        assertThat(selected(List.of(new Row("a", "1", null)))).containsExactly("a|integer|1|2000-01-01");
        assertThat(selected(List.of(new Row("a", "1", null), new Row("a", "1", null)))).hasSize(2);
        assertThat(selected(many(_ -> new Row("a", "1", null)))).hasSize(RowValues.FEWEST);
    }

    @Test
    void areOfOneStatementWhereTheSameColumnsAreAlike() {
        var first = ROWS.of(many(i -> new Row("a", "" + i, null))).sql();

        assertThat(ROWS.of(many(i -> new Row("b" + i, "" + -i, null))).sql()).isSameAs(first);
        assertThat(ROWS.of(many(i -> new Row("b" + i, "3", null))).sql()).isNotEqualTo(first);
    }

    /** Of a few rows which columns are alike is chance: two hundred and fifty-six statements would be too many for a connection. */
    @Test
    void areOfOneStatementWhereTheyAreFew() {
        var two = ROWS.of(List.of(new Row("a", "1", null), new Row("b", "1", null))).sql();

        assertThat(two).contains("unnest(?::text[], ?::integer[], ?::timestamp[])");
        assertThat(ROWS.of(many(i -> new Row("a" + i, "" + i, null)).subList(1, RowValues.FEWEST)).sql()).isSameAs(two);
        assertThat(ROWS.of(List.of(new Row("a", "1", null))).sql())
                .isSameAs(ROWS.of(List.of(new Row("b", null, "2026-11-27 12:00"))).sql()).isNotEqualTo(two);
    }

    private static List<Row> many(IntFunction<Row> row) {
        return IntStream.range(0, RowValues.FEWEST).mapToObj(row).toList();
    }

    private static List<String> selected(List<Row> rows) throws Exception {
        var values = ROWS.of(rows);
        try (var connection = TestPostgres.dataSource(TestPostgres.newDatabase()).getConnection();
                var select = connection.prepareStatement(values.sql())) {
            select.setString(values.bind(select, 1), "nobody");
            var found = new ArrayList<String>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }

    private record Row(String name, @Nullable String size, @Nullable String at) {
    }
}
