package io.millrace.core.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node as a process of its own; {@link ThreeNodesIT} tells it by lines what to do, and it answers each with lines. */
final class CacheNodeProcess {

    /** Ten times the default: that a machine is busy is no reason to do without Redis, which would be another test. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final PrintStream answers;
    private final CacheNode node;
    private final DataSource database;
    private final JdbcClient jdbc;

    private CacheNodeProcess(PrintStream answers, CacheNode node, DataSource database) {
        this.answers = answers;
        this.node = node;
        this.database = database;
        this.jdbc = JdbcClient.create(database);
    }

    @SuppressWarnings("SystemOut") // it is how the process answers
    public static void main(String[] arguments) throws Exception {
        var answers = System.out;
        // What is logged is no answer, and must not wait until somebody reads the answers.
        System.setOut(System.err);
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(arguments[1]);
            try (var node = new CacheNode(CacheNode.redisSettings(arguments[0], TIMEOUT), pool)) {
                new CacheNodeProcess(answers, node, pool).obey();
            }
        }
    }

    private void obey() throws IOException, ExecutionException, InterruptedException {
        answers.println("ready");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            var order = line.split(" ", 3);
            answers.println(switch (order[0]) {
                case "burst" -> burst(order[1], Integer.parseInt(order[2]));
                case "race" -> race(Instant.parse(order[1]), Instant.parse(order[2]));
                default -> "what?";
            });
        }
    }

    /** So many callers at once; answers how many different values they got. */
    private long burst(String key, int callers) throws ExecutionException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, callers)
                    .mapToObj(i -> threads.submit(() -> node.get(key, () -> load(key)).value())).toList();
            var values = new HashSet<Object>();
            for (var call : calls) {
                values.add(String.valueOf(call.get()));
            }
            return values.size();
        }
    }

    private String load(String key) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(200));
        return "load "
                + jdbc.sql("insert into loads (key) values (?) returning id").param(key).query(Long.class).single();
    }

    private String race(Instant writeUntil, Instant readUntil) throws ExecutionException, InterruptedException {
        return String.join("\n", new CacheRace(node, database).run(writeUntil, readUntil).lines());
    }
}
