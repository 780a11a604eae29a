package io.millrace.worker.mail;

import java.util.Map;

import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendPasswordReset;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Sends a user the link to a new password, in whatever way they unsubscribed. */
@Component
final class SendPasswordResetHandler implements JobHandler<SendPasswordReset, MailSent> {

    private final WriteToUser letters;
    private final Postman postman;

    SendPasswordResetHandler(WriteToUser letters, Postman postman) {
        this.letters = letters;
        this.postman = postman;
    }

    @Override
    public MailSent handle(SendPasswordReset job, JobExecution execution) throws Exception {
        return postman.send(execution, () -> letters.write(letters.find(job.userId()), "password-reset", null,
                Map.of("resetUrl", job.resetUrl())));
    }
}
