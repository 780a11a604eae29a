package io.millrace.jobs;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A change that a person made, or was about to make.
 *
 * @param id
 *            higher for later ones
 * @param at
 *            when it began, by the database's clock
 * @param who
 *            the name they signed in with
 * @param role
 *            the one that let them
 * @param action
 *            such as {@code pause-queue}
 * @param target
 *            what was changed, such as a job's id or a queue; may be empty
 * @param cameFrom
 *            the address of the request
 * @param outcome
 *            null while it is being made, and for ever if its process ended meanwhile
 */
public record OperatorAction(long id, Instant at, String who, String role, String action, String target,
        String cameFrom, @Nullable String outcome) {
}
