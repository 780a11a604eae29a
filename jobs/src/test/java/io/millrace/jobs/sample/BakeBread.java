package io.millrace.jobs.sample;

import jakarta.validation.constraints.NotBlank;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Bakes bread for longer than it may; how the baker takes the bell decides what becomes of it. */
@JobType(name = "bake-bread", queue = "bakery", maxAttempts = 2, backOff = "PT0.05S", maxBackOff = "PT0.1S", timeLimit = "PT0.3S", interruptGrace = "PT0.5S")
public record BakeBread(int number, @NotBlank String bell) implements Job<BakeBread.Bread> {

    public static final String STOPS_THE_BAKER = "stops the baker";
    public static final String BRINGS_THE_BREAD_OUT = "brings the bread out";
    public static final String IS_NOT_HEARD = "is not heard";
    public static final String IS_NOT_HEARD_FOR_THE_MIXER = "is not heard for the mixer";
    public static final String FINDS_THE_OVEN_BROKEN = "finds the oven broken";
    public static final String IS_NEVER_RUNG = "is never rung";

    /** What the handler answers. */
    public record Bread(int number, int attempt) {
    }
}
