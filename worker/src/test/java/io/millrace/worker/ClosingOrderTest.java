package io.millrace.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import io.millrace.core.cache.CacheInvalidation;
import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobType;
import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A worker that is closed while a job needs all that its process has. */
class ClosingOrderTest {

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TestRedis redis = new TestRedis();
    private final String database = TestPostgres.newDatabase();

    @BeforeEach
    void startMailServer() {
        mail.start();
    }

    @AfterEach
    void stopServers() {
        mail.stop();
        redis.close();
    }

    @Test
    void closesMailDatabaseAndRedisAfterItsJobs() throws Exception {
        var worker = WorkerUnderTest.startWith(UseEverything.Handler.class, database,
                "millrace.jobs.packages=io.millrace.core,io.millrace.worker", "spring.mail.host=127.0.0.1",
                "spring.mail.port=" + mail.getSmtp().getPort(), "millrace.redis.url=" + redis.url(),
                "millrace.mail.from=hello@millrace.example");
        var handler = worker.bean(UseEverything.Handler.class);
        var pool = worker.bean(DataSource.class);
        var id = worker.bean(JobQueue.class).enqueue(new UseEverything());
        assertThat(handler.begun.await(1, TimeUnit.MINUTES)).isTrue();

        worker.close();

        assertThat(handler.failures).isEmpty();
        assertThat(handler.mailsSinceItCloses).as("it went on while the process closed").isPositive();
        assertThat(mail.getReceivedMessages()).hasSizeGreaterThanOrEqualTo(handler.mailsSinceItCloses);
        assertThat(JdbcClient.create(TestPostgres.dataSource(database))
                .sql("select state from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(String.class).single()).isEqualTo("SUCCEEDED");
        // Else the job would have found it open in any order.
        assertThatThrownBy(pool::getConnection).hasMessageContaining("closed");
    }

    /** Goes on for a while after the process has begun to close. */
    @JobType(name = "use-everything")
    record UseEverything() implements Job<Integer> {

        static final class Handler
                implements
                    JobHandler<UseEverything, Integer>,
                    ApplicationListener<ContextClosedEvent> {

            /** Much longer than all pools take to close, where nobody waits for the job. */
            private static final Duration GO_ON = Duration.ofSeconds(1);

            private final JavaMailSenderImpl mail;
            private final JdbcClient jdbc;
            private final CacheInvalidation cache;
            private final CountDownLatch begun = new CountDownLatch(1);
            private final CountDownLatch closes = new CountDownLatch(1);
            private final List<String> failures = new CopyOnWriteArrayList<>();
            private volatile int mailsSinceItCloses;

            Handler(JavaMailSenderImpl mail, JdbcClient jdbc, CacheInvalidation cache) {
                this.mail = mail;
                this.jdbc = jdbc;
                this.cache = cache;
            }

            @Override
            public void onApplicationEvent(ContextClosedEvent event) {
                closes.countDown();
            }

            @Override
            public Integer handle(UseEverything job, JobExecution execution) throws Exception {
                use();
                begun.countDown();
                closes.await();
                int mails = 0;
                long until = System.nanoTime() + GO_ON.toNanos();
                while (System.nanoTime() - until < 0 && use()) {
                    mails++;
                }
                mailsSinceItCloses = mails;
                return mails;
            }

            private boolean use() {
                return works("the database", () -> jdbc.sql("select 1").query(Integer.class).single())
                        && works("Redis", () -> cache.dropTag("products").orElseThrow())
                        && works("the mail server", this::send);
            }

            private @Nullable Object send() {
                var letter = new SimpleMailMessage();
                letter.setTo("ann@example.org");
                letter.setText("still here");
                mail.send(letter);
                return null;
            }

            private boolean works(String what, Callable<@Nullable Object> call) {
                try {
                    call.call();
                    return true;
                } catch (Exception e) {
                    failures.add(what + " is gone: " + e);
                    return false;
                }
            }
        }
    }
}
