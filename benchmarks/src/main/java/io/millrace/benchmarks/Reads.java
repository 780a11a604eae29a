package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.millrace.benchmarks.Alternating.Rounds;
import io.millrace.benchmarks.load.Answered;
import io.millrace.benchmarks.load.Load;
import io.millrace.benchmarks.load.Requests;

/** Some kinds of reads of one API process against each other, and all of them against its constants. */
final class Reads {

    private static final int WARM_UP = 8;
    private static final int ROUNDS = 11;
    private static final Duration OPEN_LOOP = Duration.ofSeconds(4);

    private final ApiProcess api;
    private final List<Kind> kinds = new ArrayList<>();

    Reads(ApiProcess api, Dataset dataset) {
        this.api = api;
        kind("constant, ready bytes", "", List.of("/constant/bytes"));
        kind("constant, written as JSON", "", List.of("/constant/object"));
        kind("constant, written as JSON, an id in its path", "",
                dataset.authors().stream().limit(1_000).map(id -> "/constant/" + id + "/object").toList());
    }

    private record Kind(String name, String source, Requests requests) {
    }

    /**
     * Adds a kind of reads.
     *
     * @param source
     *            the {@code X-Cache} that they are about
     */
    Reads kind(String name, String source, List<String> paths) {
        kinds.add(new Kind(name, source, Requests.get(paths, ApiProcess.authorization())));
        return this;
    }

    String measure() throws Exception {
        var alternating = new Alternating<Round>();
        for (Kind kind : kinds) {
            alternating.peer(kind.name(), () -> Round.of(api, kind.requests()));
        }
        List<Rounds<Round>> all = alternating.rounds(WARM_UP, ROUNDS);
        double slowest = all.stream().mapToDouble(rounds -> rounds.spread(Round::perSecond).median()).min()
                .orElseThrow();
        return closed(all) + "\n" + open(slowest / 2);
    }

    private String closed(List<Rounds<Round>> all) {
        var table = new Table(Round.CONNECTIONS + " connections, closed loop", "requests/s", "% of ready bytes",
                "% of written JSON", "API CPU µs/request", "p50 ms", "p99 ms", "bytes", "% with the X-Cache meant");
        for (int i = 0; i < all.size(); i++) {
            var rounds = all.get(i);
            String source = kinds.get(i).source();
            table.row(rounds.name(), rounds.spread(Round::perSecond).text(0),
                    rounds.percentOf(all.get(0), Round::perSecond).text(0),
                    rounds.percentOf(all.get(1), Round::perSecond).text(0),
                    rounds.spread(Round::cpuMicrosPerRequest).text(0),
                    rounds.spread(round -> round.millisWithin(0.5)).text(2),
                    rounds.spread(round -> round.millisWithin(0.99)).text(2),
                    rounds.spread(Round::bytes).middle(0),
                    rounds.spread(round -> 100 * round.answered().shareFrom(source)).middle(1));
        }
        return table.toString();
    }

    /** All at the same rate, which each of them can keep: half of what the slowest can do. */
    private String open(double rate) throws IOException, InterruptedException {
        var table = new Table(
                String.format(Locale.ROOT, "open loop at %,.0f requests/s, from when each was due", rate), "p50 ms",
                "p90 ms", "p99 ms", "p99.9 ms");
        for (Kind kind : kinds) {
            Answered answered = new Load(api.port(), Round.CONNECTIONS).at(rate, kind.requests(), OPEN_LOOP);
            table.row(kind.name(), millis(answered, 0.5), millis(answered, 0.9), millis(answered, 0.99),
                    millis(answered, 0.999));
        }
        return table.toString();
    }

    private static String millis(Answered answered, double share) {
        return String.format(Locale.ROOT, "%,.2f", answered.latencies().within(share).toNanos() / 1e6);
    }
}
