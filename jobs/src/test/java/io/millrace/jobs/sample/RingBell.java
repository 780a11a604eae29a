package io.millrace.jobs.sample;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Rings the shop's bell: {@link RingBellHandler} notes when. */
@JobType(name = "ring-bell", queue = "bell", maxAttempts = 1)
public record RingBell(int number) implements Job<Void> {
}
