package io.millrace.worker.mail;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import io.millrace.core.content.Comments;
import io.millrace.core.content.Posts;
import io.millrace.core.mail.SendWeeklyDigest;
import io.millrace.core.users.User;
import io.millrace.core.users.Users;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.testing.DrainQueue;
import io.millrace.testkit.RecordedStatement;
import io.millrace.testkit.RecordingDriver;
import io.millrace.testkit.StatementRecorder;
import io.millrace.testkit.TestPostgres;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements are counted below the connection pool of a worker; those of the engine are left out. */
class DigestStatementsTest {

    private static final Pattern DOMAIN = Pattern.compile("\\b(user|post|comment|tag|mail)");
    private static final StatementRecorder RECORDER = StatementRecorder.of(TestPostgres.newDatabase());
    private static final ScriptedSmtp SERVER = new ScriptedSmtp();
    private static final WorkerUnderTest WORKER = WorkerUnderTest.startForDrainingOn(RECORDER.jdbcUrl(),
            "spring.datasource.driver-class-name=" + RecordingDriver.class.getName(), "spring.mail.host=127.0.0.1",
            "millrace.redis.url=redis://127.0.0.1:1", "millrace.unsubscribe.url=https://api.example.org",
            "millrace.unsubscribe.key=thirty-two characters, or more of it");

    @BeforeAll
    static void pointAtTheServer() {
        WORKER.bean(JavaMailSenderImpl.class).setPort(SERVER.port());
    }

    @AfterAll
    static void stop() {
        WORKER.close();
        SERVER.close();
    }

    @Test
    void areAsManyForAUserWhoWroteALotAmongManyAsForOneWhoWroteOnceAlone() {
        List<String> alone = statements(userWith(1, 1));
        IntStream.range(0, 20).forEach(i -> userWith(2, 2));

        List<String> among = statements(userWith(12, 8));

        assertThat(among).isEqualTo(alone);
        assertThat(among).as("user, posts, comments, suppressions, settings; PENDING, SENDING, SENT").hasSize(8);
        assertThat(SERVER.messages()).hasSize(2);
        assertThat(SERVER.messages().getLast()).contains("Post 11", "Comment 7");
    }

    private static User userWith(int posts, int comments) {
        var user = WORKER.bean(Users.class).insert(UUID.randomUUID() + "@example.org", "Ann");
        for (int post = 0; post < posts; post++) {
            var written = WORKER.bean(Posts.class).insert(user.id(), "Post " + post, "text", List.of("a", "b"));
            for (int comment = 0; comment < comments; comment++) {
                WORKER.bean(Comments.class).insert(written.id(), user.id(), "Comment " + comment);
            }
        }
        return user;
    }

    private static List<String> statements(User user) {
        WORKER.bean(JobQueue.class).enqueue(new SendWeeklyDigest(user.id()));
        return RECORDER
                .during(() -> assertThat(WORKER.bean(DrainQueue.class).drainAll()).extracting(JobStatus::state)
                        .containsExactly(State.SUCCEEDED))
                .stream().map(RecordedStatement::sql)
                .filter(sql -> DOMAIN.matcher(sql).find() && !sql.contains("millrace_jobs.")).toList();
    }
}
