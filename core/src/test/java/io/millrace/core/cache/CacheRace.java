package io.millrace.core.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One node's part in a race: one writer and four readers of ten counters. They pause after each step, a reader for a
 * millisecond and a writer for up to ten: without that they would measure how long a thread waits for a processor.
 */
final class CacheRace {

    static final int COUNTERS = 10;
    private static final int READERS = 4;
    private static final Duration AFTER_READ = Duration.ofMillis(1);
    private static final Duration LONGEST_AFTER_WRITE = Duration.ofMillis(10);

    private final CacheNode node;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock = Clock.systemUTC();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong fromMemory = new AtomicLong();
    private final List<RaceLog.Write> writes = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentHashMap<Seen, Instant> lastBegan = new ConcurrentHashMap<>();

    private record Seen(int counter, int value) {
    }

    CacheRace(CacheNode node, DataSource database) {
        this.node = node;
        this.jdbc = JdbcClient.create(database);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
    }

    /** Readers go on after the writers, so that the last changes are looked at as long as the others. */
    RaceLog run(Instant writeUntil, Instant readUntil) throws ExecutionException, InterruptedException {
        var racers = new ArrayList<Callable<Boolean>>();
        racers.add(() -> {
            while (clock.instant().isBefore(writeUntil)) {
                write(ThreadLocalRandom.current().nextInt(1, COUNTERS + 1));
                Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(LONGEST_AFTER_WRITE.toNanos())));
            }
            return true;
        });
        racers.addAll(Collections.nCopies(READERS, () -> {
            while (clock.instant().isBefore(readUntil)) {
                read(ThreadLocalRandom.current().nextInt(1, COUNTERS + 1));
                Thread.sleep(AFTER_READ);
            }
            return true;
        }));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var racer : threads.invokeAll(racers)) {
                racer.get();
            }
        }
        return new RaceLog(reads.get(), fromMemory.get(), List.copyOf(writes), answers());
    }

    private void write(int counter) {
        var committedAt = new ArrayList<Instant>();
        int value = Objects.requireNonNull(transactions.execute(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    // Before the invalidation, which is registered after this.
                    committedAt.add(clock.instant());
                }
            });
            node.invalidation.tag("counter", String.valueOf(counter));
            return jdbc.sql("update counters set value = value + 1 where id = ? returning value").param(counter)
                    .query(Integer.class).single();
        }));
        writes.add(new RaceLog.Write(counter, value, committedAt.getFirst(), clock.instant()));
    }

    private void read(int counter) throws Exception {
        var began = clock.instant();
        var loaded = node.get("counter:" + counter, () -> jdbc.sql("select value::text from counters where id = ?")
                .param(counter).query(String.class).single(), "counter:" + counter);
        var seen = new Seen(counter, Integer.parseInt(String.valueOf(loaded.value())));
        lastBegan.merge(seen, began, (one, other) -> one.isAfter(other) ? one : other);
        reads.incrementAndGet();
        fromMemory.addAndGet(loaded.from() == CacheOutcome.LOCAL ? 1 : 0);
    }

    private List<RaceLog.Answer> answers() {
        return lastBegan.entrySet().stream().map(
                entry -> new RaceLog.Answer(entry.getKey().counter(), entry.getKey().value(), entry.getValue()))
                .toList();
    }
}
