package io.millrace.dashboard;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** A job whose payload must not be seen. */
@JobType(name = "send-letter")
public record SendLetter(String to) implements Job<Void> {
}
