package io.millrace.jobs;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.millrace.jobs.json.StrictValues;

/**
 * An effect that is to happen, as its action sees it.
 *
 * @param idempotencyKey
 *            for the upstream, as an {@code Idempotency-Key} header, say: a UUID's text that stands for the job and the effect's name,
 *            the same in each attempt and each run
 * @param mayHaveHappened
 *            whether an earlier call of the action was begun that is not known to have had no effect
 */
public record Effect(String idempotencyKey, boolean mayHaveHappened) {

    private static final int LONGEST_NAME = 100;

    /**
     * That of a job by its name.
     *
     * @throws IllegalArgumentException
     *             if the name has no or more than 100 characters, or some that Postgres cannot store
     */
    public static Effect of(UUID job, String name, boolean mayHaveHappened) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || !StrictValues.isStorable(name)) {
            throw new IllegalArgumentException(
                    ("the name of an effect has 1 to %d characters, all of them storable, but one"
                            + " of job %s has %d").formatted(LONGEST_NAME, job, name.length()));
        }
        var key = UUID.nameUUIDFromBytes((job + " " + name).getBytes(StandardCharsets.UTF_8));
        return new Effect(key.toString(), mayHaveHappened);
    }
}
