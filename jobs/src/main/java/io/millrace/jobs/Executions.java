package io.millrace.jobs;

/** What handlers are given to say and keep things with. */
record Executions(Reports reports, Checkpoints checkpoints, JobPayloads payloads) {

    RunningJob of(Attempt attempt, EnqueuedJob enqueued) {
        return new RunningJob(attempt, enqueued, this);
    }
}
