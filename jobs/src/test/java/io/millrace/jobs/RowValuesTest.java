package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;

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
        var rows = List.of(new Row("a", "1", "2026-11-27 12:00"), new Row("b\"{,}\\", "1", null),
                new Row("c", "1", null));

        assertThat(ROWS.of(rows).sql()).contains("?::integer as size", "unnest(?::text[], ?::timestamp[])");
        assertThat(selected(rows)).containsExactly("a|integer|1|2026-11-27", "b\"{,}\\|integer|1|2000-01-01",
                "c|integer|1|2000-01-01");
    }

    @Test
    void areNullWhereAllAreAndNotWhereSomeAre() throws Exception {
        assertThat(selected(List.of(new Row("a", null, null), new Row("b", null, null))))
                .containsExactly("a|integer|-1|2000-01-01", "b|integer|-1|2000-01-01");
        assertThat(selected(List.of(new Row("a", null, null), new Row("b", "2", "2026-11-27 12:00"))))
                .containsExactly("a|integer|-1|2000-01-01", "b|integer|2|2026-11-27");
    }

    /** The first column is an array, whatever it holds: without one there would be one row of many, or one of none. */
    @Test
    void areAsManyAsWereGiven() throws Exception {
        assertThat(selected(List.of(new Row("a", "1", null)))).hasSize(1);
        assertThat(selected(List.of(new Row("a", "1", null), new Row("a", "1", null)))).hasSize(2);
    }

    @Test
    void areOfOneStatementWhereTheSameColumnsAreAlike() {
        var first = ROWS.of(List.of(new Row("a", "1", null), new Row("b", "2", null))).sql();

        assertThat(ROWS.of(List.of(new Row("c", "3", null), new Row("d", "4", null), new Row("e", "5", null))).sql())
                .isSameAs(first);
        assertThat(ROWS.of(List.of(new Row("c", "3", null), new Row("d", "3", null))).sql()).isNotEqualTo(first);
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
