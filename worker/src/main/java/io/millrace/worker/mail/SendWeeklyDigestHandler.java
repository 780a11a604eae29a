package io.millrace.worker.mail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.springframework.stereotype.Component;

import io.millrace.core.mail.MailSent;
import io.millrace.core.mail.SendWeeklyDigest;
import io.millrace.core.users.PostsOfUsers;
import io.millrace.core.users.User;
import io.millrace.core.users.UserWithPosts.PostWithComments;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Tells a user of their newest posts of a week and the newest comments on them, read in two statements. */
@Component
final class SendWeeklyDigestHandler implements JobHandler<SendWeeklyDigest, MailSent> {

    private static final Duration WEEK = Duration.ofDays(7);

    private final PostsOfUsers posts;
    private final WriteToUser letters;
    private final Postman postman;
    private final Clock clock;

    SendWeeklyDigestHandler(PostsOfUsers posts, WriteToUser letters, Postman postman, Clock clock) {
        this.posts = posts;
        this.letters = letters;
        this.postman = postman;
        this.clock = clock;
    }

    @Override
    public MailSent handle(SendWeeklyDigest job, JobExecution execution) throws Exception {
        return postman.send(execution, () -> write(job));
    }

    private Letter write(SendWeeklyDigest job) throws MailNotConfigured {
        User user = letters.find(job.userId());
        return letters.write(user, "weekly-digest", SendWeeklyDigest.CATEGORY, Map.of("posts", postsOfTheWeek(user)));
    }

    private List<PostWithComments> postsOfTheWeek(User user) {
        Instant since = clock.instant().minus(WEEK);
        return posts.addTo(List.of(user)).getFirst().posts().stream().filter(post -> post.createdAt().isAfter(since))
                .toList();
    }
}
