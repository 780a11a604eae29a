package io.millrace.jobs;

/** What handlers are given to say and keep things with. */
record Executions(Reports reports, Checkpoints checkpoints, EffectLedger ledger, JobPayloads payloads) {

    RunningJob of(Attempt attempt, EnqueuedJob enqueued) {
        return new RunningJob(attempt, enqueued, this);
    }

    RunningEffects effectsOf(Attempt attempt) {
        return new RunningEffects(attempt, ledger, payloads, RunningEffects.WRITES_FOR);
    }
}
