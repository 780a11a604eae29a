package io.millrace.jobs;

import java.time.Duration;

/** When a run of this process began last, and when anything last happened to one, by System.nanoTime. */
final class RunProgress implements JobEvents {

    private volatile long lastStart = System.nanoTime();
    private volatile long last = lastStart;

    @Override
    public void started(String type, String queue, Duration waited) {
        lastStart = System.nanoTime();
        last = lastStart;
    }

    @Override
    public void ended(String type, String queue, Outcome outcome, Duration ran) {
        last = System.nanoTime();
    }

    long lastStart() {
        return lastStart;
    }

    long last() {
        return last;
    }
}
