package io.millrace.core.cache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A node as a process of its own; {@link ThreeNodesIT} tells it by lines what to do, and it answers each with a line. */
final class CacheNodeProcess {

    private static final int COUNTERS = 5;

    private final CacheNode node;
    private final JdbcClient jdbc;

    private final TransactionTemplate transactions;

    private CacheNodeProcess(CacheNode node, DataSource database) {
        this.node = node;
        this.jdbc = JdbcClient.create(database);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    public static void main(String[] arguments) throws Exception {
        try (var pool = new HikariDataSource()) {
            pool.setJdbcUrl(arguments[1]);
            try (var node = new CacheNode(arguments[0], pool, CacheNode.SETTINGS)) {
                new CacheNodeProcess(node, pool).obey();
            }
        }
    }

    @SuppressWarnings("SystemOut") // it is how the process answers
    private void obey() throws IOException, ExecutionException, InterruptedException {
        System.out.println("ready");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            var order = line.split(" ", 3);
            System.out.println(switch (order[0]) {
                case "burst" -> burst(order[1], Integer.parseInt(order[2]));
                case "race" -> race(Duration.parse(order[1]));
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

    /**
     * One writer and four readers. A reader first asks the database what was invalidated longer ago than a bound, then the
     * cache, which must not answer anything older. Answers how many reads there were, how many of them were stale by more
     * than a tenth of a second, and by more than a second.
     */
    private String race(Duration length) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        var reads = new AtomicLong();
        var stale = new AtomicLong();
        var veryStale = new AtomicLong();
        var racers = new ArrayList<Callable<Boolean>>();
        racers.add(() -> {
            while (System.nanoTime() < end) {
                write(ThreadLocalRandom.current().nextInt(COUNTERS));
            }
            return true;
        });
        for (int i = 0; i < 4; i++) {
            racers.add(() -> {
                while (System.nanoTime() < end) {
                    int counter = ThreadLocalRandom.current().nextInt(COUNTERS);
                    int known = known(counter, Duration.ofMillis(100));
                    int knownLong = known(counter, Duration.ofSeconds(1));
                    int value = read(counter);
                    stale.addAndGet(value < known ? 1 : 0);
                    veryStale.addAndGet(value < knownLong ? 1 : 0);
                    reads.incrementAndGet();
                }
                return true;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var racer : threads.invokeAll(racers)) {
                racer.get();
            }
        }
        return reads + " " + stale + " " + veryStale;
    }

    private void write(int counter) {
        int value = Objects.requireNonNull(transactions.execute(status -> {
            node.invalidation.tag("counter", String.valueOf(counter));
            return jdbc.sql("update counters set value = value + 1 where id = ? returning value").param(counter)
                    .query(Integer.class).single();
        }));
        jdbc.sql("insert into invalidated (id, value, at) values (?, ?, clock_timestamp())").params(counter, value)
                .update();
    }

    private int known(int counter, Duration bound) {
        return jdbc.sql("""
                        select coalesce(max(value), 0) from invalidated
                        where id = ? and at <= clock_timestamp() - make_interval(secs => ?)
                        """).params(counter, bound.toMillis() / 1_000.0).query(Integer.class).single();
    }

    private int read(int counter) throws Exception {
        var loaded = node.get("counter:" + counter, () -> jdbc.sql("select value::text from counters where id = ?")
                .param(counter).query(String.class).single(), "counter:" + counter);
        return Integer.parseInt(String.valueOf(loaded.value()));
    }
}
