package io.millrace.core.cache;

import java.util.Set;

/** The second level: what all processes share, as JSON. */
interface SharedLevel extends CacheLevel<String> {

    @Override
    SharedLookup lookup(String key, Set<String> tags);

    /** A lookup that can also keep others from loading the same. */
    interface SharedLookup extends Lookup<String> {

        /** Whether there is anywhere to keep a value; else nobody needs to write it as JSON. */
        boolean canKeep();

        /** Asks to be the only one of all processes that loads the key, for as long as nothing that concerns it is dropped. */
        Lease lease();
    }

    /** The answer, and the end of it. */
    interface Lease extends AutoCloseable {

        State state();

        @Override
        void close();

        /** Nobody can say who loads: each process loads for itself. */
        static Lease unknown() {
            return new Nobodys(State.UNKNOWN);
        }

        /** Somebody else has it. */
        static Lease taken() {
            return new Nobodys(State.TAKEN);
        }

        enum State {
            GRANTED, TAKEN, UNKNOWN
        }

        /** Nothing to give back. */
        record Nobodys(State state) implements Lease {

            @Override
            public void close() {
                // it was never had
            }
        }
    }
}
