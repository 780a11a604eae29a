package io.millrace.jobs.meters;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.millrace.jobs.WorkerLoad;
import io.millrace.jobs.WorkerLoad.Stuck;

/** A worker as it is when somebody asks. The slots of one that takes jobs from all queues are those of the queue {@code *}. */
final class WorkerGauges {

    private static final String ALL = "*";

    private final MeterRegistry registry;
    private final WorkerLoad worker;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    WorkerGauges(MeterRegistry registry, WorkerLoad worker) {
        this.registry = registry;
        this.worker = worker;
        Gauge.builder("millrace.worker.stuck", worker, load -> load.stuck() == Stuck.NO ? 0 : 1)
                .description("1 while jobs wait and the worker does not get on").register(registry);
        if (worker.queues().isEmpty()) {
            slots(ALL).register(registry);
        }
        worker.queues().forEach(queue -> {
            slots(queue).register(registry);
            ofRunning(queue);
        });
    }

    private Gauge.Builder<WorkerLoad> slots(String queue) {
        return Gauge
                .builder("millrace.worker.slots", worker,
                        load -> queue.equals(ALL) ? load.slots() : load.slots(queue))
                .description("Jobs of the queue that the worker runs at once at most").tag("queue", queue);
    }

    boolean serves(String queue) {
        return worker.queues().isEmpty() || worker.queues().contains(queue);
    }

    void ofRunning(String queue) {
        if (running.add(queue)) {
            Gauge.builder("millrace.worker.running", worker, load -> load.running(queue))
                    .description("Jobs of the queue that the worker runs").tag("queue", queue).register(registry);
        }
    }
}
