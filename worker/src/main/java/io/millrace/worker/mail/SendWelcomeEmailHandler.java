package io.millrace.worker.mail;

import java.util.Map;

import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.core.users.User;
import io.millrace.core.users.Users;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;

/** Greets a new user by the name and at the address they have when the mail is sent, not when they registered. */
@Component
final class SendWelcomeEmailHandler implements JobHandler<SendWelcomeEmail, MailSent> {

    private final Users users;
    private final MailTemplates templates;
    private final Postman postman;

    SendWelcomeEmailHandler(Users users, MailTemplates templates, Postman postman) {
        this.users = users;
        this.templates = templates;
        this.postman = postman;
    }

    @Override
    public MailSent handle(SendWelcomeEmail job, JobExecution execution) throws Exception {
        User user = users.find(job.userId())
                .orElseThrow(() -> new PermanentFailure("there is no user " + job.userId() + " any more"));
        var letter = templates.write("welcome", Recipient.of(user.email(), user.fullName()), "Welcome to Millrace",
                Map.of("name", user.fullName()));
        return postman.send(execution, letter);
    }
}
