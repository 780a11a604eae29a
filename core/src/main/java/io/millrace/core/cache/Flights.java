package io.millrace.core.cache;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One load per key in this process: whoever comes while it is under way waits for its value. Who comes after an
 * invalidation does not join a load that began before it.
 */
final class Flights {

    private final ConcurrentHashMap<String, Flight> flights = new ConcurrentHashMap<>();
    private final Duration patience;

    Flights(Duration patience) {
        this.patience = patience;
    }

    /**
     * What {@code load} answers, called by this thread or by the one that came first.
     *
     * @throws Exception
     *             what {@code load} throws, to all that waited for it
     */
    Loaded join(String key, Set<String> tags, Callable<Loaded> load) throws Exception {
        var mine = new Flight(tags, Thread.currentThread(), new CompletableFuture<>());
        var other = flights.putIfAbsent(key, mine);
        if (other == null) {
            return lead(key, mine, load);
        }
        // A load that asks for itself would wait for ever.
        return other.leader().equals(Thread.currentThread()) ? load.call() : follow(other, load);
    }

    void forget(Invalidation invalidation) {
        flights.entrySet().removeIf(entry -> invalidation.concerns(entry.getKey(), entry.getValue().tags()));
    }

    private Loaded lead(String key, Flight mine, Callable<Loaded> load) throws Exception {
        try {
            var loaded = load.call();
            mine.landing().complete(loaded);
            return loaded;
        } catch (Exception | Error e) {
            mine.landing().completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, mine);
        }
    }

    private Loaded follow(Flight other, Callable<Loaded> load) throws Exception {
        try {
            return other.landing().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return load.call();
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                // It was told to stop; we were not.
                case InterruptedException interrupted -> load.call();
                case Exception cause -> throw cause;
                case Error error -> throw error;
                case null, default -> throw e;
            };
        }
    }

    private record Flight(Set<String> tags, Thread leader, CompletableFuture<Loaded> landing) {
    }
}
