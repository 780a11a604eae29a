package io.millrace.jobs;

import org.jobrunr.storage.StorageException;

/**
 * A ledger of the effects that a job's runs have outside Postgres, such as a call to a payment service: what is done is not
 * done again by a later run of the job, and what may be done is told apart from what is not.
 *
 * <pre>{@code
 * var receipt = execution.effects().once("charge", Receipt.class, effect -> bank.charge(job.cents(), effect.idempotencyKey()));
 * }</pre>
 *
 * <ul>
 * <li>An effect of this name that is done: its value is returned, and the action is not called.
 * <li>One that nobody has begun: that it is begun is committed, then the action is called, then what it returned is committed.
 * <li>One that was begun and is not known to be done, because its run crashed, or its action threw: it is <em>in doubt</em>. The
 * action is called again, and {@link Effect#mayHaveHappened()} tells it so. It asks the upstream whether it has happened, or
 * calls with the same {@link Effect#idempotencyKey()}, or throws {@link PermanentFailure} for an effect that must not
 * happen twice, and leaves it to a person.
 * </ul>
 *
 * <p>
 * <em>Exactly once</em> needs the upstream: one that honours the key, for longer than the job may be tried, or one that
 * can be asked. Without either this makes no more than one mistake rarer: a run that ends between the effect and its
 * commit, by a crash, leaves it in doubt, and the action has to guess, once too often or not at all. Whatever fails after the
 * commit does not repeat it.
 *
 * <p>
 * <em>Not</em> prevented: two runs of one job at once. One that was taken for dead, and was only paused in its action, goes on with it
 * beside its successor, which is told {@code mayHaveHappened} meanwhile. What the old one did is written down, if the
 * effect is not done yet, and it gets {@link JobLost}; the first that is written stays.
 *
 * <p>
 * What is written here is committed at once and by a connection of the engine's own, also in a {@link TransactionalJobHandler}:
 * it stays when that rolls back. It costs two commits for each effect, and is kept as long as the job, through failures,
 * crashes and {@link JobQueue#retry}; a job that runs again after it has <em>succeeded</em> begins without, but with the
 * same keys, and an upstream that remembers a key answers what it has answered. So does one that was replaced
 * ({@link UniqueKey.Policy#REPLACE}): a type whose effects depend on its payload should not be, or should name them after it.
 *
 * <p>
 * Of one job the name is the effect: a different effect needs a different name, with an index in a loop, say
 * ({@code "mail-" + i}), and the same name in each run. It is shown to operators, so it must hold no payload values. For any thread of the
 * handler, but not for the same name in two of them.
 */
public interface Effects {

    /**
     * Returns what the effect came to, now or in an earlier run.
     *
     * @param name
     *            1 to 100 characters
     * @param type
     *            of the value, as Jackson reads it
     * @param action
     *            has the effect, and nothing else that must not be left out; what it returns is what Jackson writes, up to 1 MB
     *            of JSON: a record, say. If it cannot be written, that is known only when the effect has happened; see below, and
     *            {@code PerformJob}, which finds it in a test
     * @throws IllegalArgumentException
     *             if the name has no or more than 100 characters, or some that Postgres cannot store; nothing is called
     * @throws IllegalStateException
     *             if an effect of this name is under way in this run; if what was stored does not fit {@code type}, as after a
     *             change of that. Nothing is called
     * @throws InterruptedException
     *             if the thread was interrupted before: a run that is to stop begins nothing, and nothing is called. What was
     *             begun is written down also in a thread that is interrupted meanwhile
     * @throws JobLost
     *             if the job was cancelled or given to another run. Before the action nothing is called; after it, that it is done is
     *             written down all the same. Let it pass
     * @throws StorageException
     *             before the action, if the database does not answer, or somebody holds the job's row for half a minute:
     *             nothing is called, though the effect may be in doubt from now on. After it, if the database has refused for half a
     *             minute to write that it is done: it has happened, and is in doubt; the message says so
     * @throws PermanentFailure
     *             after the action, if its value cannot be written as JSON, or is larger: the effect has happened, and is in
     *             doubt. As another attempt would only repeat it, the job is FAILED
     * @throws Exception
     *             what the action throws, after which the effect is in doubt, since a timeout does not say whether the upstream has
     *             done its work; or the cause of a {@link NothingHappened}, after which it is not
     */
    <R> R once(String name, Class<R> type, Action<R> action) throws Exception;

    /**
     * The same for an effect that comes to nothing but that it has happened.
     *
     * @throws Exception
     *             what {@link #once(String, Class, Action)} throws
     */
    default void once(String name, Step step) throws Exception {
        once(name, Boolean.class, effect -> {
            step.run(effect);
            return true;
        });
    }

    /** Has an effect that comes to something. */
    @FunctionalInterface
    interface Action<R> {
        R run(Effect effect) throws Exception;
    }

    /** Has an effect. */
    @FunctionalInterface
    interface Step {
        void run(Effect effect) throws Exception;
    }
}
