package io.millrace.api.users;

import java.time.Instant;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.core.users.User;
import io.millrace.core.users.Users;
import io.millrace.jobs.JobQueue;

/** Adds a user and the job of the welcome mail in one commit: both or neither. */
@Component
class RegisterUser {

    private final Users users;
    private final JobQueue jobQueue;

    RegisterUser(Users users, JobQueue jobQueue) {
        this.users = users;
        this.jobQueue = jobQueue;
    }

    @Transactional
    Registered register(NewUser newUser) {
        User user = users.insert(newUser.email(), newUser.fullName(), newUser.locale());
        UUID welcomeJobId = jobQueue.enqueue(new SendWelcomeEmail(user.id()));
        return new Registered(user.id(), user.email(), user.fullName(), user.createdAt(), welcomeJobId);
    }

    /** The answer to {@code POST /users}. */
    record Registered(UUID id, String email, String fullName, Instant createdAt, UUID welcomeJobId) {
    }
}
