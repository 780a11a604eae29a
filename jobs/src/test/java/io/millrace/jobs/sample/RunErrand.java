package io.millrace.jobs.sample;

import java.time.Duration;
import jakarta.validation.constraints.NotNull;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** An errand that leaves a row in the table {@code errands} each time it comes to its end. Outages cost it attempts, so it has many. */
@JobType(name = "run-errand", queue = "errands", maxAttempts = 100, backOff = "PT0.2S", maxBackOff = "PT2S")
public record RunErrand(int number, @NotNull Kind kind, @NotNull Duration time) implements Job<RunErrand.Ran> {

    /** What is in its way. */
    public enum Kind {
        NOTHING, FAILS_ONCE, PUT_OFF_ONCE, FAILS_FOR_GOOD,
        /** It has many steps, and goes on after the last that was done. */
        MANY_STEPS,
        /** Something outside the database is to happen once. */
        AN_EFFECT
    }

    /** What the handler answers. */
    public record Ran(int number, int attempt) {
    }
}
