package io.millrace.benchmarks.jobs;

import java.util.ArrayList;
import java.util.List;

import io.millrace.benchmarks.Alternating;

/** What it costs those who enqueue that workers are woken: the same engine with wake-ups and without, no worker running. */
final class WakeUpCost {

    static final String NAME = "wakeups";

    private static final String WITHOUT = "without wake-ups";
    private static final int MORE_ROUNDS = 8;

    private final PostgresServer server;
    private final Selection selection;

    WakeUpCost(PostgresServer server, Selection selection) {
        this.server = server;
        this.selection = selection;
    }

    Figures measure() throws Exception {
        var sizes = selection.sizes();
        try (var with = peer("with wake-ups", true); var without = peer(WITHOUT, false)) {
            var alternating = new Alternating<Enqueued>();
            for (Peer peer : List.of(without, with)) {
                alternating.peer(peer.name(), () -> Scenario.round(peer, one -> Enqueued.oneByOne(one, sizes)));
            }
            var all = alternating.rounds(2, sizes.rounds() + MORE_ROUNDS);
            return Figures.beside(WITHOUT, Scenarios.oneByOneTitle(sizes), all,
                    List.of(new Column<>("jobs/s", 0, true, Enqueued::perSecond)));
        }
    }

    private MillracePeer peer(String name, boolean wakeUps) throws Exception {
        var sizes = selection.sizes();
        List<String> settings = new ArrayList<>(selection.settings());
        settings.add("--millrace.jobs.wake-ups=" + wakeUps);
        return new MillracePeer(name,
                server.newDatabase(name.replaceAll("\\W", "_"), sizes.connections()), sizes.concurrency(), settings);
    }
}
