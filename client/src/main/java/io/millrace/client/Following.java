package io.millrace.client;

import java.util.concurrent.CompletableFuture;

/** A job that is being followed. Holds a connection, and no thread between events. */
public interface Following extends AutoCloseable {

    /**
     * The job in its final state, after the listener heard of it. Completes exceptionally with what the listener threw, with
     * {@link RequestRefused} if the server does not tell (404: there is no such job, or not any more), and with a
     * {@code CancellationException} after {@link #close()}.
     */
    CompletableFuture<Job> ended();

    /** Stops following; the job goes on. A method of the listener that runs is not waited for. */
    @Override
    void close();
}
