package io.millrace.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.millrace.testkit.TestPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/** Four processes that start together on an empty database and enqueue into it; some are killed. */
class ManyProcessesIT {

    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database));
    private final List<Process> services = new ArrayList<>();
    private final List<BufferedReader> answers = new ArrayList<>();

    @BeforeEach
    void startServices() throws IOException {
        // Of four that find none and create it, Postgres lets some fail.
        jdbc.sql("create table if not exists orders (id int primary key)").update();
        for (int i = 0; i < 4; i++) {
            var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    EnqueueProcess.class.getName(), database).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            services.add(process);
            answers.add(process.inputReader());
        }
        assertThat(answers()).allMatch(line -> line.equals("ready"));
    }

    @AfterEach
    void stopServices() {
        services.forEach(service -> service.destroyForcibly().onExit().join());
    }

    @Test
    void leaveNeitherRowNorJobWhenKilledBetweenInsertAndCommit() throws IOException {
        for (int i = 0; i < services.size(); i++) {
            tell(services.get(i), "place " + (i + 1));
        }
        var ids = answers().stream().map(UUID::fromString).toList();
        // Each has written both and holds its transaction open.
        assertThat(openTransactions()).isEqualTo(4);

        // SIGKILL.
        services.forEach(service -> service.destroyForcibly().onExit().join());

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> openTransactions() == 0);
        assertThat(ids).hasSize(4);
        assertThat(count("orders")).isZero();
        assertThat(count("millrace_jobs.jobrunr_jobs")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unique", "idempotent"})
    void queueOneJobForAHundredCallersWithOneKey(String kind) throws IOException {
        for (var service : services) {
            tell(service, kind + " race");
        }

        assertThat(new HashSet<>(answers())).hasSize(1).allMatch(ids -> !ids.contains(","), "one id");
        assertThat(count("millrace_jobs.jobrunr_jobs")).isEqualTo(1);
    }

    private long openTransactions() {
        return jdbc.sql("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and state = 'idle in transaction' and backend_xid is not null
                        """).query(Long.class).single();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static void tell(Process service, String line) throws IOException {
        var writer = service.outputWriter();
        writer.write(line + "\n");
        writer.flush();
    }

    private List<String> answers() throws IOException {
        var lines = new ArrayList<String>();
        for (var answer : answers) {
            lines.add(Objects.requireNonNull(answer.readLine(), "a process died"));
        }
        return lines;
    }
}
