package io.millrace.jobs;

import java.util.UUID;

/**
 * Thrown into a run whose job is no longer its own, because it was cancelled, or given to another run when this one was taken for dead.
 * Whatever it returns or throws after this, nothing of it is kept.
 */
public final class JobLost extends IllegalStateException {

    private static final long serialVersionUID = 1;

    JobLost(UUID id, Attempt.Told why) {
        super("job " + id + (why == Attempt.Told.CANCELLED ? " was cancelled" : " was given to another run")
                + " while it ran here; nothing more of this run is kept");
    }
}
