package io.millrace.jobs;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

import io.millrace.jobs.WorkerLoad.Stuck;

/** Says that a worker is down while it is stuck in one way; never waits. */
record WorkerHealth(WorkerLoad load, Stuck down, String because) implements HealthIndicator {

    static WorkerHealth startsJobs(WorkerLoad load) {
        return new WorkerHealth(load, Stuck.STARTS_NONE,
                "Jobs wait that this worker may start, it has free slots, and it has started none for over a minute."
                        + " Restart it.");
    }

    static WorkerHealth runsAreHeardOf(WorkerLoad load) {
        return new WorkerHealth(load, Stuck.RUNS_ARE_SILENT,
                "Jobs wait, all slots of this worker are taken, and for millrace.jobs.worker.stuck-after no run has ended"
                        + " or said how far it is. See what they wait for; a restart begins them anew.");
    }

    @Override
    public Health health() {
        return load.stuck() == down ? Health.down().withDetail("reason", because).build() : Health.up().build();
    }
}
