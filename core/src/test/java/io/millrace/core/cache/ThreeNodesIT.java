package io.millrace.core.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.millrace.testkit.TestPostgres;
import io.millrace.testkit.TestRedis;

import static org.assertj.core.api.Assertions.assertThat;

/** Three real processes on one Redis and one Postgres. */
class ThreeNodesIT {

    private final TestRedis redis = new TestRedis();
    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database));
    private final List<Process> nodes = new ArrayList<>();
    private final List<BufferedReader> answers = new ArrayList<>();

    @BeforeEach
    void startNodes() throws IOException {
        Flyway.configure().dataSource(database, null, null).locations("classpath:db/migration").load().migrate();
        jdbc.sql("create table loads (id int generated always as identity, key text)").update();
        jdbc.sql("create table counters as select id, 0 as value from generate_series(0, 4) id").update();
        jdbc.sql("create table invalidated (id int, value int, at timestamptz)").update();
        jdbc.sql("create index on invalidated (id, value desc)").update();
        for (int i = 0; i < 3; i++) {
            var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    CacheNodeProcess.class.getName(), redis.url(), database)
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            nodes.add(process);
            answers.add(process.inputReader());
        }
        assertThat(answers()).allMatch(line -> line.equals("ready"));
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(node -> node.destroyForcibly().onExit().join());
        redis.close();
    }

    @Test
    void loadOnceForAThousandCallersOfEach() throws IOException {
        tell("burst hot 1000");

        assertThat(answers()).containsOnly("1");
        assertThat(jdbc.sql("select count(*) from loads").query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void answerNothingStaleAfterTheBound() throws IOException {
        race(Duration.ofSeconds(4));
    }

    @Test
    @Tag("long")
    void answerNothingStaleAfterTheBoundForAMinute() throws IOException {
        race(Duration.ofMinutes(1));
    }

    private void race(Duration length) throws IOException {
        tell("race " + length);

        for (String line : answers()) {
            var counts = Arrays.stream(line.split(" ", 3)).mapToLong(Long::parseLong).toArray();
            assertThat(counts[0]).as("reads").isGreaterThan(100);
            assertThat(counts[1]).as("stale by more than 100 ms, of %s", counts[0])
                    .isLessThanOrEqualTo(counts[0] / 100);
            assertThat(counts[2]).as("stale by more than a second").isZero();
        }
    }

    private void tell(String order) throws IOException {
        for (var node : nodes) {
            var orders = node.outputWriter();
            orders.write(order + "\n");
            orders.flush();
        }
    }

    /** One line of each; SLF4J's own lines do not count. */
    private List<String> answers() throws IOException {
        var lines = new ArrayList<String>();
        for (var answer : answers) {
            String line = answer.readLine();
            while (line != null && line.matches("\\d\\d:\\d\\d:\\d\\d.*")) {
                line = answer.readLine();
            }
            lines.add(String.valueOf(line));
        }
        return lines;
    }
}
