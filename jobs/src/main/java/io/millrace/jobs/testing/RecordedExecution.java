package io.millrace.jobs.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Effects;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobPayloads;
import io.millrace.jobs.JobStatus.Progress;

/** Keeps what the handler says and saves. */
final class RecordedExecution implements JobExecution {

    private final UUID id;
    private final int attempt;
    private final @Nullable Object before;
    private final Map<String, RecordedEffects.Found> effectsBefore;
    private final List<Progress> progress = Collections.synchronizedList(new ArrayList<>());
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private @Nullable String type;
    private @Nullable JobPayloads payloads;
    private @Nullable RecordedEffects effects;
    private volatile @Nullable String checkpoint;
    private boolean cancelled;
    private @Nullable Thread running;

    /**
     * @param before
     *            what an earlier run has saved
     * @param effectsBefore
     *            what earlier runs have begun
     */
    private RecordedExecution(UUID id, int attempt, @Nullable Object before,
            Map<String, RecordedEffects.Found> effectsBefore) {
        this.id = id;
        this.attempt = attempt;
        this.before = before;
        this.effectsBefore = effectsBefore;
    }

    static RecordedExecution first() {
        return new RecordedExecution(UUID.randomUUID(), 1, null, Map.of());
    }

    RecordedExecution as(UUID job, int number) {
        return new RecordedExecution(job, number, before, effectsBefore);
    }

    RecordedExecution resumingFrom(Object saved) {
        return new RecordedExecution(id, attempt, saved, effectsBefore);
    }

    RecordedExecution withEffect(String name, RecordedEffects.Found found) {
        var more = new HashMap<>(effectsBefore);
        more.put(name, found);
        return new RecordedExecution(id, attempt, before, Map.copyOf(more));
    }

    /** Before anything else. */
    void begin(String ofType, JobPayloads throughJson) {
        type = ofType;
        payloads = throughJson;
        effects = new RecordedEffects(id, throughJson, effectsBefore);
        if (before != null) {
            saveCheckpoint(before);
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public String type() {
        return Objects.requireNonNull(type);
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Interrupts the handler, now or as soon as it begins. */
    synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            running.interrupt();
        }
    }

    synchronized void beginsOn(Thread thread) {
        running = thread;
        if (cancelled) {
            thread.interrupt();
        }
    }

    /** By its thread, which no interrupt reaches any more. */
    synchronized void hasEnded() {
        running = null;
        if (cancelled) {
            // The interrupt was meant for the handler.
            Thread.interrupted();
        }
    }

    @Override
    public void progress(long done, long total) {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("progress needs 0 <= done <= total, but was " + done + " of " + total);
        }
        progress.add(new Progress(done, total));
    }

    @Override
    public void log(String line) {
        log.add(line);
    }

    @Override
    public void saveCheckpoint(Object value) {
        var json = payloads().writeCheckpoint(id, value);
        PerformJob.same("checkpoint", value, payloads().readCheckpoint(id, json, value.getClass()));
        checkpoint = json;
    }

    @Override
    public <T> Optional<T> loadCheckpoint(Class<T> as) {
        return Optional.ofNullable(checkpoint).map(json -> payloads().readCheckpoint(id, json, as));
    }

    @Override
    public Effects effects() {
        return recordedEffects();
    }

    RecordedEffects recordedEffects() {
        if (effects == null) {
            throw new IllegalStateException("the job has not been run yet");
        }
        return effects;
    }

    private JobPayloads payloads() {
        if (payloads == null) {
            throw new IllegalStateException("the job has not been run yet");
        }
        return payloads;
    }

    List<Progress> progress() {
        return List.copyOf(progress);
    }

    List<String> log() {
        return List.copyOf(log);
    }
}
