package io.millrace.worker.users;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.core.files.FileStore;
import io.millrace.core.users.ImportUsers;
import io.millrace.core.users.UsersImported;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobResults;
import io.millrace.testkit.JarProcess;
import io.millrace.testkit.TestPostgres;
import io.millrace.worker.WorkerUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

/** Imports by real worker processes; this JVM has the database, stores the files, and kills. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportUsersIT {

    private static final System.Logger LOG = System.getLogger(ImportUsersIT.class.getName());
    /** For a machine that has other things to do: the settings of a worker give up after two seconds. */
    private static final String PATIENT = "&connectTimeout=30&loginTimeout=30";

    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.dataSource(database));
    private final WorkerUnderTest enqueuer = WorkerUnderTest.startOn(database, "millrace.jobs.worker.enabled=false");

    @AfterAll
    void stop() {
        enqueuer.close();
    }

    @Test
    void takesEachRowOnceThroughKills() throws Exception {
        long rows = 200_000;
        UUID job = enqueue(rows, true);
        var random = new Random();
        long before = 0;

        // The third crash of a job would leave it to a person.
        for (int kill = 0; kill < 2; kill++) {
            long wanted = before + 1 + random.nextLong(Math.max(1, (rows - before) / 2));
            try (var worker = worker("-Xmx192m")) {
                await().untilAsserted(() -> assertThat(lastRow(job)).as(worker::output).isGreaterThanOrEqualTo(wanted));
            }
            before = lastRow(job);
        }
        try (var worker = worker("-Xmx192m")) {
            var result = result(job, worker);

            assertCounts(result, rows);
            long users = GeneratedUsers.imported(rows);
            assertThat(count("users")).isEqualTo(users);
            assertThat(count("(select distinct substring(jobAsJson from 'userId.{0,6}([0-9a-f-]{36})') as id"
                    + " from millrace_jobs.jobrunr_jobs where jobAsJson like '%send-welcome-email%') of_mails"
                    + " join users on users.id = of_mails.id::uuid")).as("users with a welcome").isEqualTo(users);
            assertThat(count("millrace_jobs.jobrunr_jobs where jobAsJson like '%send-welcome-email%'"))
                    .as("welcomes").isEqualTo(users);
            assertThat(count("files where name like 'rejects-%" + job + "%'")).isEqualTo(1);
            assertThat(linesOf(result)).isEqualTo(1 + GeneratedUsers.rejected(rows));
        }
    }

    @Test
    void takesAMillionRowsInASmallHeap() throws Exception {
        jdbc.sql("truncate users cascade").update();
        long rows = 1_000_000;
        UUID job = enqueue(rows, false);

        try (var worker = worker("-Xmx256m")) {
            await().until(() -> lastRow(job) > 0);
            long start = System.nanoTime();
            var result = result(job, worker);
            LOG.log(Level.INFO, "a million rows in {0} ms", (System.nanoTime() - start) / 1_000_000);

            assertCounts(result, rows);
            assertThat(worker.output()).doesNotContain("OutOfMemory");
        }
    }

    private UUID enqueue(long rows, boolean sendWelcome) throws IOException {
        var file = enqueuer.bean(FileStore.class).store("users.csv", "text/csv", new GeneratedUsers(rows));
        return enqueuer.bean(JobQueue.class).enqueue(new ImportUsers(file.id(), sendWelcome));
    }

    /** One that leaves the mails alone; closing it kills it. */
    private JarProcess worker(String heap) throws IOException {
        return JarProcess.start("worker", List.of("-XX:+UseSerialGC", heap),
                Map.of("MILLRACE_JOBS_WORKER_QUEUES", "files", "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
                        "MANAGEMENT_SERVER_PORT", "0", "SPRING_DATASOURCE_URL", database + PATIENT,
                        "SPRING_DATASOURCE_USERNAME", TestPostgres.USER));
    }

    private UsersImported result(UUID job, JarProcess worker) {
        var results = enqueuer.bean(JobResults.class);
        await().untilAsserted(() -> assertThat(results.find(job)).as(worker::output).isPresent());
        return JsonMapper.shared().readValue(results.find(job).orElseThrow().json(), UsersImported.class);
    }

    private static void assertCounts(UsersImported result, long rows) {
        assertThat(result.rows()).isEqualTo(rows);
        assertThat(result.imported()).isEqualTo(GeneratedUsers.imported(rows));
        assertThat(result.alreadyThere()).isEqualTo(GeneratedUsers.alreadyThere(rows));
        assertThat(result.rejected()).isEqualTo(GeneratedUsers.rejected(rows));
    }

    private long linesOf(UsersImported result) throws IOException {
        var files = enqueuer.bean(FileStore.class);
        var file = files.find(Objects.requireNonNull(result.rejectsFileId())).orElseThrow();
        try (var lines = new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
            return lines.lines().count();
        }
    }

    private long lastRow(UUID job) {
        return jdbc.sql("select coalesce(max(last_row), 0) from user_imports where job_id = :job").param("job", job)
                .query(Long.class).single();
    }

    private long count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(20));
    }
}
