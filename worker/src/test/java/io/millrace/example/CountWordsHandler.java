package io.millrace.example;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** A Spring bean: what it needs comes by its constructor, and {@code handle} may be transactional. */
@Component
class CountWordsHandler implements JobHandler<CountWords, CountWords.Counted> {

    @Override
    public CountWords.Counted handle(CountWords job, JobExecution execution) {
        return new CountWords.Counted(job.text().strip().split("\\s+", -1).length);
    }
}
