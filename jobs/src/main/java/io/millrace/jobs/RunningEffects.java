package io.millrace.jobs;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.millrace.jobs.EffectLedger.Begun;
import io.millrace.jobs.EffectLedger.Done;
import io.millrace.jobs.EffectLedger.Lost;

/** The effects of a handler's run. */
final class RunningEffects implements Effects {

    /** As long as a short restart of the database takes: what has happened is worth waiting for. */
    static final Duration WRITES_FOR = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RunningEffects.class);

    private final Attempt attempt;
    private final UUID job;
    private final int run;
    private final EffectLedger ledger;
    private final JobPayloads payloads;
    private final Duration writesFor;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    RunningEffects(Attempt attempt, EffectLedger ledger, JobPayloads payloads, Duration writesFor) {
        this.attempt = attempt;
        this.job = attempt.job().getId();
        this.run = attempt.job().getVersion();
        this.ledger = ledger;
        this.payloads = payloads;
        this.writesFor = writesFor;
    }

    @Override
    public <R> R once(String name, Class<R> type, Action<R> action) throws Exception {
        var effect = Effect.of(job, name, false);
        if (!underWay.add(name)) {
            throw new IllegalStateException("effect '%s' of job %s is under way already: give each a name of its own"
                    .formatted(name, job));
        }
        try {
            attempt.refuseIfTakenAway();
            if (Thread.interrupted()) {
                throw new InterruptedException(
                        "job %s was told to stop: effect '%s' is not begun".formatted(job, name));
            }
            return switch (Uninterrupted.run(() -> ledger.begin(job, run, name))) {
                case Done done -> payloads.readEffect(job, name, done.json(), type);
                case Begun begun -> make(name, new Effect(effect.idempotencyKey(), begun.before()), action);
                case Lost lost -> throw lost(lost.why());
            };
        } finally {
            underWay.remove(name);
        }
    }

    private <R> R make(String name, Effect effect, Action<R> action) throws Exception {
        if (effect.mayHaveHappened()) {
            LOG.info("effect '{}' of job {} is in doubt: its action is called again, and told so", name, job);
        }
        R value;
        try {
            value = action.run(effect);
        } catch (NothingHappened e) {
            throw withdrawn(name, effect, e.why());
        }
        hasHappened(name, json(name, value));
        return value;
    }

    private Exception withdrawn(String name, Effect effect, Exception why) {
        if (!effect.mayHaveHappened()) {
            try {
                Uninterrupted.run(() -> ledger.withdraw(job, run, name));
            } catch (StorageException e) {
                LOG.warn("effect '{}' of job {} has not happened, but that could not be written ({}): it is in doubt",
                        name, job, e.toString());
                why.addSuppressed(e);
            }
        }
        return why;
    }

    private String json(String name, Object value) {
        try {
            return payloads.writeEffect(job, name, value);
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure(e.getMessage() + "; it has happened, and is in doubt", e);
        }
    }

    private void hasHappened(String name, String json) {
        try {
            Uninterrupted.runFor(writesFor, () -> ledger.done(job, run, name, json)).ifPresent(why -> {
                throw lost(why);
            });
        } catch (StorageException e) {
            throw new StorageException(
                    "effect '%s' of job %s has happened, but that could not be written: it is in doubt".formatted(name,
                            job),
                    e);
        }
    }

    private JobLost lost(Attempt.Told why) {
        attempt.tell(why);
        return new JobLost(job, why);
    }
}
