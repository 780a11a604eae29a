package io.millrace.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;

/** Writes down what it is told of jobs, in its order. */
final class HeardEvents implements JobEvents {

    private final Queue<String> jobs = new ConcurrentLinkedQueue<>();
    private final Queue<String> others = new ConcurrentLinkedQueue<>();
    private final Queue<Duration> times = new ConcurrentLinkedQueue<>();

    @Override
    public void enqueued(String type, String queue, int count) {
        jobs.add("enqueued %d %s in %s".formatted(count, type, queue));
    }

    @Override
    public void started(String type, String queue, Duration waited) {
        times.add(waited);
        jobs.add("started %s in %s".formatted(type, queue));
    }

    @Override
    public void ended(String type, String queue, Outcome outcome, Duration ran) {
        times.add(ran);
        jobs.add("%s %s in %s".formatted(outcome, type, queue));
    }

    @Override
    public void timedOut(String type, String queue) {
        jobs.add("timed out %s in %s".formatted(type, queue));
    }

    @Override
    public void crashed(String type, String queue, int count) {
        jobs.add("crashed %d %s in %s".formatted(count, type, queue));
    }

    @Override
    public void fetched(int count, Duration took) {
        times.add(took);
        others.add("fetched " + (count > 0 ? "some" : "none"));
    }

    @Override
    public void committed(int changes, Duration took) {
        times.add(took);
        others.add("committed");
    }

    @Override
    public void wakeUpSent() {
        others.add("wake-up sent");
    }

    @Override
    public void wakeUpReceived() {
        others.add("wake-up received");
    }

    /** What happened to jobs, so far. */
    List<String> jobs() {
        return List.copyOf(jobs);
    }

    /** What else did. */
    List<String> others() {
        return List.copyOf(others);
    }

    /** All that it was told of, whatever it was. */
    List<Duration> times() {
        return List.copyOf(times);
    }

    /** Returns when there are so many of a kind, or fails. */
    List<String> await(String last, int count) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10))
                .until(() -> jobs().stream().filter(last::equals).count() >= count);
        return jobs();
    }

    void forget() {
        jobs.clear();
        others.clear();
        times.clear();
    }
}
