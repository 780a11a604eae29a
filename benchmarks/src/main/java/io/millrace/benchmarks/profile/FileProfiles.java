package io.millrace.benchmarks.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.springframework.util.unit.DataSize;

import io.millrace.benchmarks.Alternating;
import io.millrace.benchmarks.Alternating.Rounds;
import io.millrace.benchmarks.Table;
import io.millrace.core.files.FileProfile;
import io.millrace.worker.files.FileHints;
import io.millrace.worker.files.FileProfiler;
import io.millrace.worker.files.packing.UnpackLimits;

/**
 * The profile of a table of mixed columns, made by one thread of Millrace, against {@code SUMMARIZE} of DuckDB, with one
 * thread and with as many as it likes, and against {@code wc -l}, which only counts line breaks. DuckDB tells less (no
 * examples, no digest, no rejected lines) and its distinct counts are always estimates.
 */
public final class FileProfiles {

    private static final int ROWS = 2_300_000;
    private static final int WARM_UP = 5;
    private static final int ROUNDS = 5;
    /** Nothing is packed here. */
    private static final UnpackLimits LIMITS = new UnpackLimits(DataSize.ofGigabytes(1), 1, DataSize.ofGigabytes(1), 0,
            0);

    private FileProfiles() {
    }

    public static String measure() throws Exception {
        var file = Files.createTempFile("millrace-mixed", ".csv");
        try {
            MixedCsv.write(file, ROWS);
            return measure(file);
        } finally {
            Files.delete(file);
        }
    }

    private static String measure(Path file) throws Exception {
        List<Rounds<Profiled>> all = new Alternating<Profiled>()
                .peer("Millrace, one thread", () -> Profiled.of(file, () -> profile(file)))
                .peer("DuckDB SUMMARIZE, one thread", () -> Profiled.of(file, () -> summarize(file, "set threads = 1")))
                .peer("DuckDB SUMMARIZE, its default", () -> Profiled.of(file, () -> summarize(file, "select 1")))
                .peer("wc -l", () -> Profiled.of(file, () -> Profiled.lines(file))).rounds(WARM_UP, ROUNDS);
        var table = new Table(Files.size(file) / 1_000_000 + " MB of CSV", "MB/s", "× Millrace", "MB per CPU second");
        for (var rounds : all) {
            boolean here = !rounds.name().startsWith("wc");
            table.row(rounds.name(), rounds.spread(Profiled::megabytesPerSecond).text(0),
                    rounds.timesOf(all.getFirst(), Profiled::megabytesPerSecond).middle(2),
                    here ? rounds.spread(Profiled::megabytesPerCpuSecond).text(0) : "");
        }
        return table.toString();
    }

    private static FileProfile profile(Path file) throws IOException {
        return new FileProfiler(LIMITS).profile(() -> Files.newInputStream(file),
                new FileHints("mixed.csv", "text/csv"),
                bytes -> {
                });
    }

    private static int summarize(Path file, String setting) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(setting);
            int columns = 0;
            try (var rows = statement.executeQuery("summarize from read_csv('" + file + "')")) {
                while (rows.next()) {
                    columns++;
                }
            }
            return columns;
        }
    }
}
