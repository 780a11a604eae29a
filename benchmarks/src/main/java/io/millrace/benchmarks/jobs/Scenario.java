package io.millrace.benchmarks.jobs;

import java.util.List;

import io.millrace.benchmarks.Alternating;

/**
 * Something that every peer is put through, in turns.
 *
 * @param title
 *            of its table
 * @param round
 *            what is measured of one peer; its tables are empty and its workers stopped before and after
 */
record Scenario<T>(String name, String title, int warmUp, int rounds, Measured<T> round, List<Column<T>> columns) {

    Figures measure(List<Peer> peers) throws Exception {
        var alternating = new Alternating<T>();
        for (Peer peer : peers) {
            alternating.peer(peer.name(), () -> round(peer, round));
        }
        return Figures.of(title, alternating.rounds(warmUp, rounds), columns);
    }

    static <T> T round(Peer peer, Measured<T> measured) throws Exception {
        // What the one before left behind is not to be paid for by this one.
        peer.database().execute("truncate " + peer.tables() + " cascade", "checkpoint");
        System.gc();
        try {
            return measured.of(peer);
        } finally {
            peer.stopWorkers();
        }
    }

    /** One round. */
    interface Measured<T> {
        T of(Peer peer) throws Exception;
    }
}
