package io.millrace.example;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Counts the words of a text. */
@JobType(name = "count-words", maxAttempts = 5, backOff = "PT10S")
public record CountWords(@NotBlank @Size(max = 10_000) String text) implements Job<CountWords.Counted> {

    /** The result. */
    public record Counted(int words) {
    }
}
