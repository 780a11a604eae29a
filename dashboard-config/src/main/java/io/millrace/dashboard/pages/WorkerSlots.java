package io.millrace.dashboard.pages;

import java.util.List;
import java.util.OptionalInt;

import io.millrace.jobs.WorkerStatus;

/** How many jobs of a queue the living workers can run at once, by what they say they take jobs from. */
final class WorkerSlots {

    private WorkerSlots() {
    }

    static int of(String queue, List<WorkerStatus> workers) {
        return workers.stream().filter(WorkerStatus::alive).mapToInt(worker -> of(queue, worker)).sum();
    }

    private static int of(String queue, WorkerStatus worker) {
        if (worker.queues().isEmpty()) {
            return worker.slots();
        }
        return worker.queues().stream().map(entry -> cap(queue, entry)).filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt).map(cap -> Math.min(cap, worker.slots())).findFirst().orElse(0);
    }

    /** Of {@code mail} or {@code mail=64}; empty if that is about another queue. */
    private static OptionalInt cap(String queue, String entry) {
        if (entry.equals(queue)) {
            return OptionalInt.of(Integer.MAX_VALUE);
        }
        if (!entry.startsWith(queue + "=")) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(entry.substring(queue.length() + 1)));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
