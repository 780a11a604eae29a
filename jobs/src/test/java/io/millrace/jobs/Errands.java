package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.millrace.jobs.sample.RunErrand;
import io.millrace.jobs.sample.RunErrand.Kind;
import io.millrace.jobs.sample.SettleAccount;
import io.millrace.jobs.sample.ShopApplication;

/** A service that enqueues jobs of mixed kinds with rows of its own, through every outage, and knows what it has been promised. */
final class Errands implements AutoCloseable {

    /** Jobs of kinds that come round again. */
    static final int ROUND = 20;
    private static final int FOLLOWED = 8;
    private static final int CANCELLED = 19;
    private static final int FAILED = 16;
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    private final ConfigurableApplicationContext service;
    private final List<UUID> cancelled = new ArrayList<>();
    private List<UUID> toCancel = List.of();
    private int refusals;

    /** On its tables as they are there, if they are. */
    Errands(String database, String... settings) {
        this.service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database, "spring.datasource.hikari.connection-timeout=1000",
                        "logging.level.root=warn", "logging.level.io.millrace.jobs.ChaosIT=info",
                        "logging.level.io.millrace.jobs.SoakIT=info",
                        "logging.level.io.millrace.jobs.BackupIT=info")
                .properties(settings)
                .run();
        for (var table : List.of("promised (number int primary key, job uuid not null)", "errands (number int)",
                "put_off (number int primary key)", "settlements (number int)",
                "resumed (number int, step int, at timestamptz not null default clock_timestamp())",
                "happened (number int, in_doubt boolean not null)")) {
            jdbc().sql("create table if not exists " + table).update();
        }
        jdbc().sql("create index if not exists errands_number on errands (number)").update();
        jdbc().sql("create index if not exists settlements_number on settlements (number)").update();
    }

    JobQueue queue() {
        return service.getBean(JobQueue.class);
    }

    JdbcClient jdbc() {
        return service.getBean(JdbcClient.class);
    }

    <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    /** How often the database was not there, or went meanwhile. */
    int refusals() {
        return refusals;
    }

    /** What was cancelled, and the commit of that has returned. */
    List<UUID> cancelled() {
        return cancelled;
    }

    /** Enqueues jobs of these numbers, in one transaction with a row for each. Returns when that is known to be there. */
    void promise(List<Integer> numbers) {
        toCancel = List.of();
        while (true) {
            try {
                toCancel = Objects.requireNonNull(
                        new TransactionTemplate(service.getBean(PlatformTransactionManager.class))
                                .execute(_ -> enqueue(numbers)));
                return;
            } catch (RuntimeException e) {
                refusals++;
                // Only the rows know whether a commit that failed has come through.
                if (isPromised(numbers.getFirst())) {
                    return;
                }
            }
        }
    }

    /** Cancels what is to be cancelled of the last promise, each by itself, wherever it is by now. */
    void cancelSome() {
        for (var id : toCancel) {
            try {
                if (queue().cancel(id)) {
                    cancelled.add(id);
                }
            } catch (RuntimeException e) {
                // Nobody knows whether it is cancelled, so nothing is expected of it.
                refusals++;
            }
        }
        toCancel = List.of();
    }

    private List<UUID> enqueue(List<Integer> numbers) {
        var some = new ArrayList<UUID>();
        for (int number : numbers) {
            var id = enqueue(number);
            jdbc().sql("insert into promised values (?, ?)").param(number).param(id).update();
            if (number % ROUND == CANCELLED) {
                some.add(id);
            }
        }
        return some;
    }

    private boolean isPromised(int number) {
        return Awaitility.await().atMost(OUTAGE).ignoreExceptions().until(
                () -> jdbc().sql("select count(*) from promised where number = ?").param(number).query(Integer.class)
                        .single(),
                count -> count >= 0) == 1;
    }

    private UUID enqueue(int number) {
        var queue = queue();
        return switch (number % ROUND) {
            case 0 -> queue.enqueue(new RunErrand(number, Kind.MANY_STEPS, millis(number % 60)));
            case 1 -> queue.enqueue(new RunErrand(number, Kind.AN_EFFECT, millis(number % 30)));
            case FOLLOWED, 9, 10, CANCELLED -> queue
                    .enqueue(new SettleAccount(number, millis(number % 40), number % ROUND == FOLLOWED));
            case 11 -> queue.enqueue(new SettleAccount(number, millis(500 + number % 1_000), false));
            case 12 -> queue.enqueue(new RunErrand(number, Kind.NOTHING, millis(200 + number % 1_300)));
            case 13 -> queue.enqueue(new RunErrand(number, Kind.FAILS_ONCE, Duration.ZERO));
            case 14 -> queue.enqueue(new RunErrand(number, Kind.PUT_OFF_ONCE, Duration.ZERO));
            case 15 -> queue.enqueue(new RunErrand(number, Kind.NOTHING, Duration.ZERO),
                    EnqueueOptions.DEFAULTS.withRunAt(Instant.now().plusSeconds(2)));
            case FAILED -> queue.enqueue(new RunErrand(number, Kind.FAILS_FOR_GOOD, Duration.ZERO));
            case 17 -> queue.enqueue(new RunErrand(number, Kind.NOTHING, millis(number % 50)),
                    EnqueueOptions.DEFAULTS.withConcurrencyLimit("tenant:" + number % 7, 3));
            default -> queue.enqueue(new RunErrand(number, Kind.NOTHING, millis(number % 20)));
        };
    }

    /** Whether a job of this number stays FAILED. */
    static boolean failsForGood(int number) {
        return number % ROUND == FAILED;
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Override
    public void close() {
        service.close();
    }
}
