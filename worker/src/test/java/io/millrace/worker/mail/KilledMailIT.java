package io.millrace.worker.mail;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.core.mail.SendEmail;
import io.millrace.core.mail.SendWelcomeEmail;
import io.millrace.core.users.Users;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobStatus.State;
import io.millrace.testkit.JarProcess;
import io.millrace.testkit.TestPostgres;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A worker process that is killed over its mails, and the next one, which has only the database to tell it what became of them. */
@Tag("long")
class KilledMailIT {

    /** For a machine that has other things to do: the settings of a worker give up after two seconds. */
    private static final String PATIENT = "&connectTimeout=30&loginTimeout=30";

    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(database));
    private final ScriptedSmtp server = new ScriptedSmtp();
    private final WorkerUnderTest enqueuer = WorkerUnderTest.startOn(database, "millrace.jobs.worker.enabled=false");
    private final JobQueue queue = enqueuer.bean(JobQueue.class);

    @AfterEach
    void stop() {
        enqueuer.close();
        server.close();
    }

    @Test
    void isSentAgainOrParkedAsItsTypeSaysAndNeverOnceItIsSent() throws Exception {
        var dead = new CountDownLatch(1);
        UUID sent;
        UUID parked;
        UUID resent;
        try (var results = TestPostgres.dataSource(database).getConnection()) {
            // Nobody writes a result: the run of the first mail cannot end, though the mail is sent.
            results.setAutoCommit(false);
            try (var statement = results.createStatement()) {
                statement.execute("lock table millrace_jobs.job_results in exclusive mode");
            }
            try (var victim = worker()) {
                sent = queue.enqueue(new SendEmail("ann@example.org", "Sent", "text", null));
                await().untilAsserted(() -> assertThat(states()).as(victim::output).containsExactly("SENT"));
                server.before(".", () -> await().until(() -> dead.getCount() == 0));
                parked = queue.enqueue(new SendEmail("bob@example.org", "Parked", "text", null));
                resent = queue.enqueue(new SendWelcomeEmail(
                        enqueuer.bean(Users.class).insert("eve@example.org", "Eve").id()));
                await().untilAsserted(() -> assertThat(server.messages()).as(victim::output).hasSize(3));
            }
            endConnectionsThatWait();
        }
        assertThat(Map.of("sent", state(sent), "parked", state(parked), "resent", state(resent)))
                .isEqualTo(Map.of("sent", "SENT", "parked", "SENDING", "resent", "SENDING"));
        assertThat(List.of(job(sent).state(), job(parked).state(), job(resent).state()))
                .containsOnly(State.PROCESSING);

        var found = new CopyOnWriteArrayList<String>();
        server.before(".", () -> {
        }).before("RCPT", () -> found.add(reason(resent)));
        dead.countDown();
        try (var next = worker()) {
            await().untilAsserted(() -> assertThat(
                    List.of(job(sent).state(), job(parked).state(), job(resent).state())).as(next::output)
                    .containsExactly(State.SUCCEEDED, State.FAILED, State.SUCCEEDED));
        }

        assertThat(state(parked)).isEqualTo("UNKNOWN");
        assertThat(job(parked).error()).extracting(JobStatus.Failure::type).isEqualTo("MailParked");
        assertThat(found).singleElement().asString().startsWith(
                "the run before ended between DATA and the mail server's answer; whether mail 1 of this job was sent");
        assertThat(state(resent)).isEqualTo("SENT");
        assertThat(List.of(times(sent), times(parked), times(resent))).containsExactly(1, 1, 2);
    }

    /** Closing it kills it. */
    private JarProcess worker() throws IOException {
        return JarProcess.start("worker", List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m"),
                Map.of("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1", "MANAGEMENT_SERVER_PORT", "0",
                        "SPRING_DATASOURCE_URL", database + PATIENT, "SPRING_DATASOURCE_USERNAME", TestPostgres.USER,
                        "SPRING_MAIL_HOST", "127.0.0.1", "SPRING_MAIL_PORT", String.valueOf(server.port()),
                        "MILLRACE_MAIL_TLS", "off", "MILLRACE_MAIL_WHENUNKNOWN_SENDEMAIL", "park"));
    }

    /** The dead worker's: Postgres sees that a client is gone only when it has something to say to it. */
    private void endConnectionsThatWait() {
        jdbc.sql("""
                 select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and wait_event_type = 'Lock'
                 """).query(Boolean.class).list();
        await().until(() -> jdbc.sql("""
                                     select count(*) from pg_stat_activity
                                     where datname = current_database() and wait_event_type = 'Lock'
                                     """).query(Integer.class).single() == 0);
    }

    private List<String> states() {
        return jdbc.sql("select state from mails").query(String.class).stream().map(String::valueOf).toList();
    }

    private String state(UUID job) {
        return jdbc.sql("select state from mails where job_id = ?").param(job).query(String.class).single();
    }

    private String reason(UUID job) {
        return jdbc.sql("select coalesce(reason, '') from mails where job_id = ?").param(job).query(String.class)
                .single();
    }

    private JobStatus job(UUID id) {
        return queue.find(id).orElseThrow();
    }

    /** How often the server was sent the whole mail. */
    private int times(UUID job) {
        return Collections.frequency(server.messages().stream()
                .map(message -> message.contains("Message-ID: <" + job + "@")).toList(), true);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(100));
    }
}
