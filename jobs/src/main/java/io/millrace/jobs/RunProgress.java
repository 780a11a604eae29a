package io.millrace.jobs;

import java.time.Duration;

/** When anything last happened to a run of this process, by System.nanoTime. */
final class RunProgress implements JobEvents {

    private volatile long last = System.nanoTime();

    @Override
    public void started(String type, String queue, Duration waited) {
        last = System.nanoTime();
    }

    @Override
    public void ended(String type, String queue, Outcome outcome, Duration ran) {
        last = System.nanoTime();
    }

    long last() {
        return last;
    }
}
