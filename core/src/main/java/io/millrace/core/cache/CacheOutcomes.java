package io.millrace.core.cache;

import java.util.function.Consumer;

/** Lets a caller learn where the cached values came from that were used on its behalf, e.g. to say so in a response. */
public final class CacheOutcomes {

    private static final ScopedValue<Consumer<CacheOutcome>> OBSERVER = ScopedValue.newInstance();

    private CacheOutcomes() {
    }

    /**
     * Runs {@code work} and tells {@code observer} of each cached value it asks for, on the thread that asks.
     *
     * @throws X
     *             what {@code work} throws
     */
    public static <X extends Exception> void observe(Consumer<CacheOutcome> observer, Work<X> work) throws X {
        ScopedValue.where(OBSERVER, observer).call(() -> {
            work.run();
            return true;
        });
    }

    static void tell(CacheOutcome outcome) {
        if (OBSERVER.isBound()) {
            OBSERVER.get().accept(outcome);
        }
    }

    /** Something that may throw. */
    @FunctionalInterface
    public interface Work<X extends Exception> {

        /** Does it. */
        void run() throws X;
    }
}
