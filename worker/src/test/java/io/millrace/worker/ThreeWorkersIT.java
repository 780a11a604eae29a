package io.millrace.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobQueue;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Three worker processes on one queue; this JVM has the database and the mail server, and only enqueues. */
class ThreeWorkersIT {

    private static final Set<String> NAMES = Set.of("worker-1", "worker-2", "worker-3");

    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(database));
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final WorkerUnderTest enqueuer = WorkerUnderTest.startOn(database, "millrace.jobs.worker.enabled=false");

    @BeforeEach
    void startAll() throws IOException {
        mail.start();
        for (String name : NAMES) {
            workers.add(WorkerProcess.start(name,
                    Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME", TestPostgres.USER,
                            "SPRING_MAIL_HOST", "127.0.0.1", "SPRING_MAIL_PORT",
                            String.valueOf(mail.getSmtp().getPort()), "MILLRACE_MAIL_FROM", "hello@millrace.example")));
        }
        await(Duration.ofSeconds(90)).untilAsserted(() -> assertThat(announced()).as(this::outputs).isEqualTo(NAMES));
    }

    @AfterEach
    void stopAll() throws Exception {
        for (WorkerProcess worker : workers) {
            worker.close();
        }
        enqueuer.close();
        mail.stop();
    }

    @Test
    void sendEachOfTwoThousandMailsOnceAndAllTakePart() throws Exception {
        List<UUID> ids = enqueue(2_000);

        awaitSuccessOf(ids, Duration.ofSeconds(60));

        assertThat(messageIds()).hasSize(2_000).containsExactlyInAnyOrderElementsOf(expectedMessageIds(ids));
        assertThat(attempts()).hasSize(2_000);
        assertThat(Set.copyOf(attempts())).isEqualTo(NAMES);
    }

    @Test
    void finishTheirJobsWhenTheyAreToldToStop() throws Exception {
        List<UUID> ids = enqueue(600);
        await(Duration.ofSeconds(30)).until(() -> succeeded() > 50);

        workers.getFirst().terminate();
        awaitSuccessOf(ids, Duration.ofSeconds(60));

        assertThat(workers.getFirst().exitCode()).isEqualTo(143);
        assertThat(attempts()).as("no attempt was cut off").hasSize(600);
        assertThat(messageIds()).containsExactlyInAnyOrderElementsOf(expectedMessageIds(ids));
    }

    @Test
    @Tag("long")
    void rescueTheJobsOfOneThatIsKilled() throws Exception {
        List<UUID> ids = enqueue(1_500);
        var victim = workers.getFirst();
        await(Duration.ofSeconds(30)).until(() -> succeeded() > 50 && runningOn(victim.name()) > 0);

        victim.kill();
        awaitSuccessOf(ids, Duration.ofMinutes(3));

        assertThat(Set.copyOf(messageIds())).isEqualTo(Set.copyOf(expectedMessageIds(ids)));
        assertThat(messageIds().size() - ids.size()).as("repeated, at most what it was running").isBetween(0, 16);
        assertThat(attempts()).as("some attempts were cut off").hasSizeGreaterThan(1_500);
    }

    private List<UUID> enqueue(int count) {
        var queue = enqueuer.bean(JobQueue.class);
        return enqueuer.bean(TransactionTemplate.class).execute(transaction -> IntStream.range(0, count)
                .mapToObj(i -> queue.enqueue(new SendEmail("user" + i % 10 + "@example.org", "Mail " + i, "text", null)))
                .toList());
    }

    private void awaitSuccessOf(List<UUID> ids, Duration limit) {
        await(limit).untilAsserted(() -> assertThat(succeeded()).as(this::outputs).isEqualTo(ids.size()));
    }

    private long succeeded() {
        return jdbc.sql("select count(*) from millrace.jobrunr_jobs where state = 'SUCCEEDED'").query(Long.class)
                .single();
    }

    private long runningOn(String worker) {
        return jdbc.sql("""
                select count(*)
                from millrace.jobrunr_jobs
                where state = 'PROCESSING' and jobasjson::jsonb -> 'jobHistory' -> -1 ->> 'serverName' = :worker
                """).param("worker", worker).query(Long.class).single();
    }

    /** The workers that heartbeat. */
    private Set<String> announced() {
        return Set.copyOf(jdbc.sql("select name from millrace.jobrunr_backgroundjobservers where running = 1")
                .query(String.class).list());
    }

    /** The worker of every attempt there was. */
    private List<String> attempts() {
        return jdbc.sql("""
                select state ->> 'serverName'
                from millrace.jobrunr_jobs, jsonb_array_elements(jobasjson::jsonb -> 'jobHistory') state
                where state ->> 'state' = 'PROCESSING'
                """).query(String.class).stream().map(String::valueOf).toList();
    }

    private List<String> messageIds() throws MessagingException {
        var ids = new ArrayList<String>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            ids.add(message.getMessageID());
        }
        return ids;
    }

    private static List<String> expectedMessageIds(List<UUID> jobs) {
        return jobs.stream().map(id -> "<" + id + "@millrace.example>").toList();
    }

    private String outputs() {
        return workers.stream().map(worker -> worker.name() + ":\n" + worker.output())
                .collect(Collectors.joining("\n"));
    }

    private static ConditionFactory await(Duration limit) {
        return Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(250));
    }
}
