package io.millrace.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.JobQueue;
import io.millrace.testkit.JarProcess;
import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Three worker processes on one queue; this JVM has the database and the mail server, and only enqueues. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
// Those that stop a worker come last: starting one is what takes the time.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeWorkersIT {

    private static final List<String> NAMES = List.of("worker-1", "worker-2", "worker-3");

    /** For a machine that also starts two others: the settings of a worker give up after two seconds. */
    private static final String PATIENT = "&connectTimeout=30&loginTimeout=30";
    /** Three of them start at once on few cores: the quick compiler is enough for a test. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m");
    /** The default of millrace.jobs.worker.concurrency. */
    private static final int CONCURRENCY = 16;
    private static final Duration RESCUED_WITHIN = Duration.ofSeconds(15);

    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(database));
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Map<String, JarProcess> workers = new TreeMap<>();
    private final WorkerUnderTest enqueuer = WorkerUnderTest.startOn(database, "millrace.jobs.worker.enabled=false");

    @BeforeAll
    void startMailServer() {
        mail.start();
    }

    /** A test before may have stopped one. */
    @BeforeEach
    void startWhatIsMissing() throws Exception {
        mail.purgeEmailFromAllMailboxes();
        for (String name : NAMES) {
            if (!workers.containsKey(name)) {
                workers.put(name, JarProcess.start("worker", QUICK, environment(name)));
            }
        }
        await(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(announced()).as(this::outputs).containsAll(NAMES));
    }

    @AfterAll
    void stopAll() throws IOException {
        for (JarProcess worker : workers.values()) {
            worker.close();
        }
        enqueuer.close();
        mail.stop();
    }

    @Test
    @Order(1)
    void sendEachOfTwoThousandMailsOnceAndAllTakePart() throws Exception {
        List<UUID> ids = enqueue(2_000);

        awaitSuccessOf(ids, Duration.ofMinutes(1));

        assertThat(messageIds()).containsExactlyInAnyOrderElementsOf(expectedMessageIds(ids));
        assertThat(workersOfAllAttemptsAt(ids)).hasSize(2_000).containsAll(NAMES);
    }

    @Test
    @Order(2)
    void finishTheirJobsWhenTheyAreToldToStop() throws Exception {
        List<UUID> ids = enqueue(600);
        await(Duration.ofSeconds(30)).until(() -> runningOn("worker-1") > 0);

        var stopped = remove("worker-1");
        stopped.terminate();

        assertThat(stopped.exitCode()).isEqualTo(143);
        awaitSuccessOf(ids, Duration.ofMinutes(1));
        assertThat(workersOfAllAttemptsAt(ids)).as("no attempt was cut off").hasSize(600);
        assertThat(messageIds()).containsExactlyInAnyOrderElementsOf(expectedMessageIds(ids));
        stopped.close();
    }

    @Test
    @Order(3)
    @Tag("long")
    void rescueTheJobsOfOneThatIsKilled() throws Exception {
        List<UUID> ids = enqueue(1_500);
        await(Duration.ofSeconds(30)).until(() -> runningOn("worker-1") > 0);

        var killed = remove("worker-1");
        killed.close();

        assertThat(runningOn("worker-1")).as("jobs that nobody runs any more").isPositive();
        await(RESCUED_WITHIN).untilAsserted(() -> assertThat(runningOn("worker-1")).as(this::outputs).isZero());
        awaitSuccessOf(ids, Duration.ofMinutes(1));
        assertThat(Set.copyOf(messageIds())).isEqualTo(Set.copyOf(expectedMessageIds(ids)));
        assertThat(messageIds().size() - ids.size()).as("sent again, with the same Message-ID")
                .isBetween(0, CONCURRENCY);
    }

    private JarProcess remove(String name) {
        return Objects.requireNonNull(workers.remove(name));
    }

    private Map<String, String> environment(String name) {
        return Map.of("MILLRACE_JOBS_WORKER_NAME", name, "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
                "MANAGEMENT_SERVER_PORT", "0", "SPRING_DATASOURCE_URL", database + PATIENT,
                "SPRING_DATASOURCE_USERNAME", TestPostgres.USER, "SPRING_MAIL_HOST", "127.0.0.1", "SPRING_MAIL_PORT",
                String.valueOf(mail.getSmtp().getPort()), "MILLRACE_MAIL_FROM", "hello@millrace.example",
                "MILLRACE_MAIL_TLS", "off");
    }

    private List<UUID> enqueue(int count) {
        var queue = enqueuer.bean(JobQueue.class);
        return enqueuer.bean(TransactionTemplate.class).execute(transaction -> IntStream.range(0, count)
                .mapToObj(
                        i -> queue.enqueue(new SendEmail("user" + i % 10 + "@example.org", "Mail " + i, "text", null)))
                .toList());
    }

    private void awaitSuccessOf(List<UUID> ids, Duration limit) {
        await(limit).untilAsserted(() -> assertThat(succeeded(ids)).as(this::outputs).isEqualTo(ids.size()));
    }

    private long succeeded(List<UUID> ids) {
        return jdbc.sql("""
                        select count(*)
                        from millrace_jobs.jobrunr_jobs
                        where state = 'SUCCEEDED' and id = any (:ids)
                        """).param("ids", texts(ids)).query(Long.class).single();
    }

    private long runningOn(String worker) {
        return jdbc.sql("""
                        select count(*)
                        from millrace_jobs.jobrunr_jobs
                        where state = 'PROCESSING' and substring(jobAsJson from '.*"serverName":"([^"]*)"') = :worker
                        """).param("worker", worker).query(Long.class).single();
    }

    private List<String> announced() {
        return jdbc.sql("select name from millrace_jobs.jobrunr_backgroundjobservers where running = 1")
                .query(String.class).stream().map(String::valueOf).toList();
    }

    /** One element for each attempt there was. */
    private List<String> workersOfAllAttemptsAt(List<UUID> ids) {
        return jdbc
                .sql("""
                     select started[1]
                     from millrace_jobs.jobrunr_jobs, regexp_matches(jobAsJson, '"serverName":"([^"]*)"', 'g') started
                     where id = any (:ids)
                     """).param("ids", texts(ids)).query(String.class).stream().map(String::valueOf).toList();
    }

    private static String[] texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
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
        return workers.entrySet().stream().map(worker -> worker.getKey() + ":\n" + worker.getValue().output())
                .collect(Collectors.joining("\n"));
    }

    private static ConditionFactory await(Duration limit) {
        return Awaitility.await().atMost(limit).pollInterval(Duration.ofMillis(250));
    }
}
