package io.millrace.worker.mail;

import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Sends the mail a service wrote itself. */
@Component
final class SendEmailHandler implements JobHandler<SendEmail, MailSent> {

    private final WriteEmail letters;
    private final Postman postman;

    SendEmailHandler(WriteEmail letters, Postman postman) {
        this.letters = letters;
        this.postman = postman;
    }

    @Override
    public MailSent handle(SendEmail job, JobExecution execution) throws Exception {
        return postman.send(execution, () -> letters.write(job));
    }
}
