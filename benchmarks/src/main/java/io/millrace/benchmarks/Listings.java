package io.millrace.benchmarks;

import java.util.List;

import io.millrace.benchmarks.Alternating.Rounds;
import io.millrace.benchmarks.load.Requests;

/** A page far down the list of all users against the first one. */
final class Listings {

    private static final int LIMIT = 20;
    private static final int DEEP = 10_000;

    private final ApiProcess api;
    private final Dataset dataset;

    Listings(ApiProcess api, Dataset dataset) {
        this.api = api;
        this.dataset = dataset;
    }

    String measure() throws Exception {
        String path = "/users?limit=" + LIMIT;
        var first = Requests.get(path, ApiProcess.authorization());
        var deep = Requests.get(path + "&cursor=" + dataset.userCursor(DEEP, LIMIT), ApiProcess.authorization());
        List<Rounds<Round>> all = new Alternating<Round>().peer("page 1", () -> Round.of(api, first))
                .peer("page 10,000", () -> Round.of(api, deep)).rounds(4, 9);
        var table = new Table("GET " + path + " of a million", "requests/s", "% of page 1", "API CPU µs/request",
                "p50 ms", "p99 ms", "bytes");
        for (var rounds : all) {
            table.row(rounds.name(), rounds.spread(Round::perSecond).text(0),
                    rounds.percentOf(all.getFirst(), Round::perSecond).text(0),
                    rounds.spread(Round::cpuMicrosPerRequest).text(0),
                    rounds.spread(round -> round.millisWithin(0.5)).text(2),
                    rounds.spread(round -> round.millisWithin(0.99)).text(2), rounds.spread(Round::bytes).middle(0));
        }
        return table.toString();
    }
}
