package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown: the first column says what, the others hold figures. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        List<Integer> widths = IntStream.range(0, columns)
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).boxed()
                .toList();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(
                    IntStream.range(0, columns).mapToObj(column -> padded(row.get(column), widths.get(column), column))
                            .collect(Collectors.joining(" | ", "| ", " |")));
        }
        lines.add(1, IntStream.range(0, columns)
                .mapToObj(column -> "-".repeat(widths.get(column)) + (column == 0 ? "-" : ":"))
                .collect(Collectors.joining("|-", "|-", "|")));
        return String.join("\n", lines) + "\n";
    }

    private static String padded(String cell, int width, int column) {
        String blanks = " ".repeat(width - cell.length());
        return column == 0 ? cell + blanks : blanks + cell;
    }
}
