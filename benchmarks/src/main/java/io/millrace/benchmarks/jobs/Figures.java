package io.millrace.benchmarks.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.millrace.benchmarks.Alternating.Rounds;
import io.millrace.benchmarks.Spread;
import io.millrace.benchmarks.Table;

/** What a scenario brought: for reading and, every round of it, for machines. */
record Figures(String table, List<Map<String, Object>> raw) {

    /** Tells the columns of each peer beside those of plain JobRunr. */
    static <T> Figures of(String title, List<Rounds<T>> all, List<Column<T>> columns) {
        return beside(JobRunrPeer.NAME, title, all, columns);
    }

    /**
     * Tells the columns of each peer.
     *
     * @param other
     *            the peer that the others are compared with
     * @param title
     *            of the table
     */
    static <T> Figures beside(String other, String title, List<Rounds<T>> all, List<Column<T>> columns) {
        var baseline = all.stream().filter(rounds -> rounds.name().equals(other)).findFirst();
        List<String> header = new ArrayList<>(List.of(title));
        for (var column : columns) {
            header.add(column.title());
            if (column.compared()) {
                header.add("× " + other);
            }
        }
        var table = new Table(header.toArray(String[]::new));
        List<Map<String, Object>> raw = new ArrayList<>();
        for (var rounds : all) {
            List<String> cells = new ArrayList<>(List.of(rounds.name()));
            for (var column : columns) {
                Spread spread = rounds.spread(column.figure());
                cells.add(spread.text(column.decimals()));
                if (column.compared()) {
                    cells.add(baseline.map(peer -> rounds.timesOf(peer, column.figure()).text(2)).orElse(""));
                }
                raw.add(raw(title, rounds, column, spread));
            }
            table.row(cells.toArray(String[]::new));
        }
        return new Figures(table.toString(), raw);
    }

    private static <T> Map<String, Object> raw(String title, Rounds<T> rounds, Column<T> column, Spread spread) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("scenario", title);
        raw.put("peer", rounds.name());
        raw.put("figure", column.title());
        raw.put("rounds", rounds.rounds().stream().map(column.figure()::applyAsDouble).toList());
        raw.put("median", spread.median());
        raw.put("least", spread.least());
        raw.put("most", spread.most());
        return raw;
    }
}
