package io.millrace.benchmarks;

import java.util.List;

import io.millrace.benchmarks.Alternating.Rounds;
import io.millrace.benchmarks.load.Requests;

/** What each content coding costs the API, and spares the line. */
final class Encodings {

    private static final List<String> CODINGS = List.of("identity", "gzip", "br", "zstd");
    private static final String PAGE = "/posts?limit=20";

    private final ApiProcess api;

    Encodings(ApiProcess api) {
        this.api = api;
    }

    String measure() throws Exception {
        return page() + "\n" + export();
    }

    private String page() throws Exception {
        var alternating = new Alternating<Round>();
        for (String coding : CODINGS) {
            var requests = Requests.get(PAGE, ApiProcess.authorization(), "Accept-Encoding: " + coding);
            alternating.peer(coding, () -> Round.of(api, requests));
        }
        List<Rounds<Round>> all = alternating.rounds(3, 7);
        var table = new Table("GET " + PAGE, "bytes", "% of identity", "API CPU µs/request", "requests/s", "p50 ms");
        for (var rounds : all) {
            table.row(rounds.name(), rounds.spread(Round::bytes).middle(0),
                    rounds.percentOf(all.getFirst(), Round::bytes).middle(0),
                    rounds.spread(Round::cpuMicrosPerRequest).text(0), rounds.spread(Round::perSecond).text(0),
                    rounds.spread(round -> round.millisWithin(0.5)).text(2));
        }
        return table.toString();
    }

    private String export() throws Exception {
        var alternating = new Alternating<Drained>();
        for (String coding : CODINGS) {
            alternating.peer(coding, () -> Drained.export(api, "application/x-ndjson", coding));
        }
        List<Rounds<Drained>> all = alternating.rounds(1, 3);
        var table = new Table("export of a million users, NDJSON", "MB", "% of identity", "API CPU s", "seconds",
                "first byte ms", "MB of heap taken");
        for (var rounds : all) {
            table.row(rounds.name(), rounds.spread(Drained::megabytes).middle(1),
                    rounds.percentOf(all.getFirst(), Drained::megabytes).middle(0),
                    rounds.spread(Drained::cpuSeconds).text(2), rounds.spread(Drained::seconds).text(2),
                    rounds.spread(Drained::millisToFirstByte).text(0), rounds.spread(Drained::heapTaken).text(0));
        }
        return table.toString();
    }
}
