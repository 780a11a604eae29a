package io.millrace.core.cache;

/** The second level: what all processes share, as JSON. */
interface SharedLevel extends CacheLevel<String> {

    /** Asks to be the only one of all processes that loads a key. */
    Lease lease(String key);

    /** The answer, and the end of it. */
    interface Lease extends AutoCloseable {

        /** Nobody can say who loads: each process loads for itself. */
        Lease UNKNOWN = new Lease() {

            @Override
            public State state() {
                return State.UNKNOWN;
            }

            @Override
            public void close() {
                // there is nothing to give back
            }
        };

        /** Somebody else has it. */
        Lease TAKEN = new Lease() {

            @Override
            public State state() {
                return State.TAKEN;
            }

            @Override
            public void close() {
                // it is not ours
            }
        };

        State state();

        @Override
        void close();

        enum State {
            GRANTED, TAKEN, UNKNOWN
        }
    }
}
