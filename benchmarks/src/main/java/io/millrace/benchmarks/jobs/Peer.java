package io.millrace.benchmarks.jobs;

import java.time.Duration;

/** An engine: a queue of jobs that carry a number, and workers in this process that run {@link Work} with it. */
interface Peer extends AutoCloseable {

    /** Where a job is noticed within milliseconds. */
    Duration SHORT_PAUSE = Duration.ofMillis(30);

    /** In tables. */
    String name();

    /** Puts one job into the queue, in a transaction of its own. */
    void enqueue(int number) throws Exception;

    /** Puts the jobs from 0 to {@code count - 1} into the queue, in the engine's own way for many. */
    void enqueueAll(int count) throws Exception;

    void startWorkers(Work work) throws Exception;

    void stopWorkers() throws Exception;

    /** Pauses between single jobs are up to this long, so that they come at any moment of what it waits for. */
    Duration pause();

    /** A query that answers whether there are rows of jobs that are not at their end. */
    String unfinished();

    /** The tables that hold jobs and what is left of them. */
    String tables();

    PeerDatabase database();

    @Override
    void close();
}
