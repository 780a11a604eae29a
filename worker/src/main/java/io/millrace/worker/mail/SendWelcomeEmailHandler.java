package io.millrace.worker.mail;

import java.util.Map;

import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Greets a new user by the name and at the address they have when the mail is sent, not when they registered. */
@Component
final class SendWelcomeEmailHandler implements JobHandler<SendWelcomeEmail, MailSent> {

    private final WriteToUser letters;
    private final Postman postman;

    SendWelcomeEmailHandler(WriteToUser letters, Postman postman) {
        this.letters = letters;
        this.postman = postman;
    }

    @Override
    public MailSent handle(SendWelcomeEmail job, JobExecution execution) throws Exception {
        return postman.send(execution,
                () -> letters.write(letters.find(job.userId()), "welcome", null, Map.of()));
    }
}
