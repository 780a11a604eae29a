package io.millrace.core.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

/**
 * Three real processes on one Redis and one Postgres. In the race each changes counters and invalidates them while it reads
 * them all. Of each change and each node it is known when the last read began that got an older value; what is stale is told
 * from times of one clock alone, and a read that was under way at the commit is not.
 */
class ThreeNodesIT {

    /**
     * After this no node answers what was dropped, even if it heard nothing of it: {@link CacheUpkeep} compares every half
     * second with what Redis has counted, and the second time that it finds a message missing it drops all of the memory.
     * So two of its pauses, and two questions to Redis at their default timeout, after which Redis would count as gone. A
     * node that is cut off from Redis may answer it until it expires in memory, {@link CacheSettings#memoryTtl}.
     */
    private static final Duration BOUND = CacheUpkeep.CHECK.plusMillis(200).multipliedBy(2);

    private final TestRedis redis = new TestRedis();
    private final String database = TestPostgres.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database));
    private final List<Process> nodes = new ArrayList<>();
    private final List<BufferedReader> answers = new ArrayList<>();

    @BeforeEach
    void startNodes() throws IOException {
        Flyway.configure().dataSource(database, null, null).locations("classpath:db/migration").load().migrate();
        jdbc.sql("create table loads (id int generated always as identity, key text)").update();
        jdbc.sql("create table counters as select id, 0 as value from generate_series(1, ?) id")
                .param(CacheRace.COUNTERS).update();
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

    /** After a second in which classes are loaded and code is compiled, which is not counted. */
    private void race(Duration length) throws IOException {
        nodes(Duration.ofSeconds(1));
        var logs = nodes(length);

        var since = Staleness.sinceCommits(logs);
        var own = Staleness.ownSinceReturns(logs);
        String figures = """
                         %d reads, %d of them from memory, %d invalidations; stale after the commit: %s; \
                         after the return, on the node itself: %s""".formatted(
                logs.stream().mapToLong(RaceLog::reads).sum(),
                logs.stream().mapToLong(RaceLog::fromMemory).sum(),
                logs.stream().mapToLong(log -> log.writes().size()).sum(), since, own);
        System.out.println("three nodes: " + figures);
        assertThat(logs).as(figures).allMatch(log -> log.fromMemory() > 100 && log.writes().size() > 20);
        assertThat(since.percentile(99)).as(figures).isLessThan(Duration.ofMillis(100));
        assertThat(since.longest()).as(figures).isLessThan(BOUND);
        assertThat(own.longest()).as(figures).isZero();
    }

    /** Readers go on for the bound after the last write, so that it is looked at for as long as the others. */
    private List<RaceLog> nodes(Duration length) throws IOException {
        var writeUntil = Clock.systemUTC().instant().plus(length);
        tell("race " + writeUntil + " " + writeUntil.plus(BOUND));
        var logs = new ArrayList<RaceLog>();
        for (var answer : answers) {
            var lines = new ArrayList<String>();
            do {
                lines.add(Objects.requireNonNull(answer.readLine(), "a node died"));
            } while (!RaceLog.isLast(lines.getLast()));
            logs.add(RaceLog.parse(lines));
        }
        return logs;
    }

    private void tell(String order) throws IOException {
        for (var node : nodes) {
            var orders = node.outputWriter();
            orders.write(order + "\n");
            orders.flush();
        }
    }

    private List<String> answers() throws IOException {
        var lines = new ArrayList<String>();
        for (var answer : answers) {
            lines.add(String.valueOf(answer.readLine()));
        }
        return lines;
    }
}
