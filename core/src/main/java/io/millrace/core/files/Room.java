package io.millrace.core.files;

/** Room in memory for what is on its way to or from a store, until it is closed. */
interface Room extends AutoCloseable {

    /** Where pieces are so small that nobody counts. */
    Room UNCOUNTED = () -> {
    };

    @Override
    void close();
}
