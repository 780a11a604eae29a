package io.millrace.jobs;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** The execution that a handler sees. */
final class RunningJob implements JobExecution {

    private final Attempt attempt;
    private final EnqueuedJob enqueued;
    private final Executions executions;
    private final int number;
    private final int run;
    private final Report report;
    /** Made when it is asked for: most runs have none. */
    private @Nullable RunningEffects effects;

    RunningJob(Attempt attempt, EnqueuedJob enqueued, Executions executions) {
        this.attempt = attempt;
        this.enqueued = enqueued;
        this.executions = executions;
        this.number = Attempts.of(attempt.job()).failures() + 1;
        this.run = attempt.job().getVersion();
        this.report = executions.reports().of(attempt.job());
    }

    @Override
    public UUID id() {
        return attempt.job().getId();
    }

    @Override
    public String type() {
        return enqueued.type();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public Optional<String> enqueuedBy() {
        return Optional.ofNullable(enqueued.enqueuedBy());
    }

    @Override
    public boolean isCancelled() {
        return attempt.told() != null;
    }

    @Override
    public void progress(long done, long total) {
        attempt.isHeardOf();
        report.progress(new JobStatus.Progress(done, total));
    }

    @Override
    public void log(String line) {
        attempt.isHeardOf();
        report.log(line);
    }

    @Override
    public void saveCheckpoint(Object value) {
        attempt.refuseIfTakenAway();
        attempt.isHeardOf();
        var json = executions.payloads().writeCheckpoint(id(), value);
        var lost = Uninterrupted.run(() -> executions.checkpoints().save(id(), run, json));
        lost.ifPresent(why -> {
            attempt.tell(why);
            throw new JobLost(id(), why);
        });
    }

    @Override
    public <T> Optional<T> loadCheckpoint(Class<T> type) {
        return Uninterrupted.run(() -> executions.checkpoints().load(id()))
                .map(json -> executions.payloads().readCheckpoint(id(), json, type));
    }

    @Override
    public synchronized Effects effects() {
        if (effects == null) {
            effects = executions.effectsOf(attempt);
        }
        return effects;
    }

    /** What it said last is to be written now. Returns at once. */
    void saysNoMore() {
        report.end();
    }

    /** Returns when what it said is written, or after a while in any case. */
    void end() {
        report.end();
        report.awaitWritten();
    }
}
