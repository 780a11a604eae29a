package io.millrace.jobs.meters;

import java.time.Duration;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.JobEvents;
import io.millrace.jobs.WorkerLoad;

/** Counts what happens to jobs in this process, and times it. The labels are job types and queues, and as many at most as there are of these. */
final class JobMeters implements JobEvents {

    private final TypesAndQueues<Counter> enqueued;
    private final TypesAndQueues<RunMeters> runs;
    private final StoreMeters store;

    /**
     * @param types
     *            the queues of the job types that this process knows, by their names
     * @param worker
     *            null where none runs: then there are no meters of runs, which are many
     */
    JobMeters(MeterRegistry registry, Map<String, String> types, @Nullable WorkerLoad worker) {
        this.store = new StoreMeters(registry);
        this.enqueued = new TypesAndQueues<>(types, _ -> true,
                (type, queue) -> Counter.builder("millrace.jobs.enqueued")
                        .description("Jobs enqueued here, counted at their commit").tags(tags(type, queue))
                        .register(registry));
        var gauges = worker == null ? null : new WorkerGauges(registry, worker);
        this.runs = new TypesAndQueues<>(types, queue -> gauges != null && gauges.serves(queue), (type, queue) -> {
            if (gauges != null) {
                gauges.ofRunning(queue);
            }
            return RunMeters.in(registry, tags(type, queue));
        });
    }

    private static Tags tags(String type, String queue) {
        return Tags.of("type", type, "queue", queue);
    }

    @Override
    public void enqueued(String type, String queue, int jobs) {
        enqueued.of(type, queue).increment(jobs);
    }

    @Override
    public void started(String type, String queue, Duration waited) {
        runs.of(type, queue).waits().record(waited);
    }

    @Override
    public void ended(String type, String queue, Outcome outcome, Duration ran) {
        var its = runs.of(type, queue);
        its.ended(outcome).increment();
        its.runs().record(ran);
    }

    @Override
    public void timedOut(String type, String queue) {
        runs.of(type, queue).timedOut().increment();
    }

    @Override
    public void crashed(String type, String queue, int jobs) {
        runs.of(type, queue).crashed().increment(jobs);
    }

    @Override
    public void fetched(int jobs, Duration took) {
        store.fetched(jobs, took);
    }

    @Override
    public void committed(int changes, Duration took) {
        store.committed(changes, took);
    }

    @Override
    public void wakeUpSent() {
        store.sent().increment();
    }

    @Override
    public void wakeUpReceived() {
        store.received().increment();
    }
}
