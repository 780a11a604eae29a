package io.millrace.worker.mail;

import java.util.List;

import io.millrace.core.mail.MailSent;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;

/** Sends a letter to several. */
final class LetterHandler implements JobHandler<LetterHandler.SendLetter, MailSent> {

    @JobType(name = "send-letter")
    record SendLetter(List<String> to) implements Job<MailSent> {
    }

    private final Postman postman;

    LetterHandler(Postman postman) {
        this.postman = postman;
    }

    @Override
    public MailSent handle(SendLetter job, JobExecution execution) throws Exception {
        return postman.send(execution, () -> Letters.to(job.to().toArray(String[]::new)));
    }
}
