package io.millrace.benchmarks.jobs;

import java.time.Duration;

/**
 * How much of everything there is in a run; the same for all peers.
 *
 * @param jobs
 *            in the queue before workers start
 * @param singles
 *            jobs that are enqueued one by one in a round
 * @param samples
 *            jobs of a round whose pick-up is timed, where pick-up takes milliseconds
 * @param concurrency
 *            jobs that run at once
 * @param connections
 *            connections of each pool, and threads that enqueue one by one
 * @param rounds
 *            that count
 */
record Sizes(int jobs, int singles, int samples, int concurrency, int connections, int rounds) {

    static final Sizes DEFAULTS = new Sizes(60_000, 10_000, 200, 2_048, 16, 3);

    /** Of the jobs that take some time. */
    static final Duration SLEEP = Duration.ofMillis(20);

    /** The same with one of them changed, by its name. */
    Sizes with(String name, int value) {
        return switch (name) {
            case "jobs" -> new Sizes(value, singles, samples, concurrency, connections, rounds);
            case "singles" -> new Sizes(jobs, value, samples, concurrency, connections, rounds);
            case "samples" -> new Sizes(jobs, singles, value, concurrency, connections, rounds);
            case "concurrency" -> new Sizes(jobs, singles, samples, value, connections, rounds);
            case "connections" -> new Sizes(jobs, singles, samples, concurrency, value, rounds);
            case "rounds" -> new Sizes(jobs, singles, samples, concurrency, connections, value);
            default -> throw new IllegalArgumentException("no such size: " + name);
        };
    }
}
