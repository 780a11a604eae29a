package io.millrace.benchmarks;

import java.util.List;

import io.millrace.benchmarks.Alternating.Rounds;

/** All users in each form, against what Postgres' own COPY does with the same columns. */
final class Exports {

    private static final int WARM_UP = 2;
    private static final int ROUNDS = 3;

    private final ApiProcess api;
    private final Dataset dataset;

    Exports(ApiProcess api, Dataset dataset) {
        this.api = api;
        this.dataset = dataset;
    }

    String measure() throws Exception {
        List<Rounds<Drained>> all = new Alternating<Drained>().peer("COPY … TO STDOUT", () -> Drained.copy(dataset))
                .peer("JSON", () -> Drained.export(api, "application/json", "identity"))
                .peer("NDJSON", () -> Drained.export(api, "application/x-ndjson", "identity"))
                .peer("CSV", () -> Drained.export(api, "text/csv", "identity")).rounds(WARM_UP, ROUNDS);
        var table = new Table("a million users", "MB", "MB/s", "% of COPY's MB/s", "users/s", "% of COPY's users/s",
                "first byte ms", "API CPU s", "MB of heap taken");
        for (var rounds : all) {
            boolean ofTheApi = !rounds.equals(all.getFirst());
            table.row(rounds.name(), rounds.spread(Drained::megabytes).middle(0),
                    rounds.spread(Drained::megabytesPerSecond).text(0),
                    rounds.percentOf(all.getFirst(), Drained::megabytesPerSecond).text(0),
                    rounds.spread(Drained::usersPerSecond).text(0),
                    rounds.percentOf(all.getFirst(), Drained::usersPerSecond).text(0),
                    rounds.spread(Drained::millisToFirstByte).text(0),
                    ofTheApi ? rounds.spread(Drained::cpuSeconds).text(2) : "",
                    ofTheApi ? rounds.spread(Drained::heapTaken).text(0) : "");
        }
        return table.toString();
    }
}
