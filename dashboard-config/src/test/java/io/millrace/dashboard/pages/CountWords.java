package io.millrace.dashboard.pages;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** A job that has a result. */
@JobType(name = "count-words", queue = "files", version = 2)
record CountWords(String text) implements Job<CountWords.Counted> {

    record Counted(int words, String first) {
    }
}
