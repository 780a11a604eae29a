package io.millrace.jobs.testing;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.millrace.jobs.Effect;
import io.millrace.jobs.Effects;
import io.millrace.jobs.JobPayloads;
import io.millrace.jobs.NothingHappened;

/** A ledger of one job in memory. */
final class RecordedEffects implements Effects {

    private final UUID job;
    private final JobPayloads payloads;
    /** With their values as JSON, if they are done. */
    private final Map<String, Optional<String>> begun = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Set<String> underWay = Collections.synchronizedSet(new HashSet<>());

    RecordedEffects(UUID job, JobPayloads payloads, Map<String, Found> before) {
        this.job = job;
        this.payloads = payloads;
        before.forEach((name, found) -> {
            Effect.of(job, name, false);
            begun.put(name, found.value().map(value -> json(name, value)));
        });
    }

    @Override
    public <R> R once(String name, Class<R> type, Action<R> action) throws Exception {
        var key = Effect.of(job, name, false).idempotencyKey();
        if (!underWay.add(name)) {
            throw new IllegalStateException("effect '%s' of job %s is under way already: give each a name of its own"
                    .formatted(name, job));
        }
        try {
            if (Thread.interrupted()) {
                throw new InterruptedException(
                        "job %s was told to stop: effect '%s' is not begun".formatted(job, name));
            }
            var before = begun.putIfAbsent(name, Optional.empty());
            if (before != null && before.isPresent()) {
                return payloads.readEffect(job, name, before.get(), type);
            }
            return make(name, new Effect(key, before != null), type, action);
        } finally {
            underWay.remove(name);
        }
    }

    private <R> R make(String name, Effect effect, Class<R> type, Action<R> action)
            throws Exception {
        R value;
        try {
            value = action.run(effect);
        } catch (NothingHappened e) {
            if (!effect.mayHaveHappened()) {
                begun.remove(name);
            }
            throw e.why();
        }
        var json = json(name, value);
        PerformJob.same("value of effect '" + name + "'", value, payloads.readEffect(job, name, json, type));
        begun.put(name, Optional.of(json));
        return value;
    }

    /** Which the engine would fail for good, after the effect. */
    private String json(String name, Object value) {
        try {
            return payloads.writeEffect(job, name, value);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    List<String> names(boolean done) {
        synchronized (begun) {
            return begun.entrySet().stream().filter(entry -> entry.getValue().isPresent() == done)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /**
     * What an earlier run has left of an effect.
     *
     * @param value
     *            empty if it is in doubt
     */
    record Found(Optional<Object> value) {
    }
}
