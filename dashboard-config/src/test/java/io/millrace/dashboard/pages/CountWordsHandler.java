package io.millrace.dashboard.pages;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

@Component
final class CountWordsHandler implements JobHandler<CountWords, CountWords.Counted> {

    @Override
    public CountWords.Counted handle(CountWords job, JobExecution execution) {
        var words = job.text().split(" ", -1);
        execution.log("there are " + words.length);
        execution.progress(words.length, words.length);
        return new CountWords.Counted(words.length, words[0]);
    }
}
