package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The database's time, from this process's clock and how far that was off when the database was last asked. */
final class DatabaseClock implements InstantSource {

    private final InstantSource ours;
    private volatile Duration ahead = Duration.ZERO;

    DatabaseClock(InstantSource ours) {
        this.ours = ours;
    }

    /** What it said just now. */
    void says(Instant databaseTime) {
        ahead = Duration.between(ours.instant(), databaseTime);
    }

    @Override
    public Instant instant() {
        return ours.instant().plus(ahead);
    }
}
