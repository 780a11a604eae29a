package io.millrace.client;

import java.time.Duration;

/** A job that waits or runs when its caller's patience is over. It goes on, and may be awaited again. */
public final class NoResultYet extends MillraceException {

    private static final long serialVersionUID = 1;

    NoResultYet(String id, Duration patience) {
        super("job " + id + " has no result after " + patience, null, null);
    }
}
