package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * Peers that take turns, A B A B, so that whatever else the machine does meanwhile, and what warms up, falls on all of them.
 *
 * @param <T>
 *            what a round of one of them brings
 */
public final class Alternating<T> {

    private final List<Peer<T>> peers = new ArrayList<>();

    public Alternating<T> peer(String name, Callable<T> round) {
        peers.add(new Peer<>(name, round));
        return this;
    }

    /** Some rounds of all, thrown away, then those that count; the peers in the order in which they were added. */
    public List<Rounds<T>> rounds(int warmUp, int count) throws Exception {
        List<Rounds<T>> all = peers.stream().map(peer -> new Rounds<T>(peer.name(), new ArrayList<>())).toList();
        for (int number = -warmUp; number < count; number++) {
            for (int i = 0; i < peers.size(); i++) {
                T round = peers.get(i).round().call();
                if (number >= 0) {
                    all.get(i).rounds().add(round);
                }
            }
        }
        return all;
    }

    private record Peer<T>(String name, Callable<T> round) {
    }

    /** What the rounds of one peer brought, in their order. */
    public record Rounds<T>(String name, List<T> rounds) {

        public Spread spread(ToDoubleFunction<? super T> figure) {
            return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
        }

        /** The figure of each round as a share of the same figure of the peer's round beside it, in percent. */
        public Spread percentOf(Rounds<T> peer, ToDoubleFunction<? super T> figure) {
            List<Double> shares = new ArrayList<>();
            for (int i = 0; i < rounds.size(); i++) {
                shares.add(100 * figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(peer.rounds.get(i)));
            }
            return Spread.of(shares);
        }

        /** The same as a multiple. */
        public Spread timesOf(Rounds<T> peer, ToDoubleFunction<? super T> figure) {
            return percentOf(peer, figure).dividedBy(100);
        }
    }
}
