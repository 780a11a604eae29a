package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.WorkerLoad.Stuck;
import io.millrace.jobs.sample.RingBell;
import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** When a worker counts as stuck; the looks are at times of the test's. */
class StuckWatchTest {

    private static final Duration SILENT = Duration.ofMinutes(15);

    private final Nodes nodes = new Nodes();
    private @Nullable ConfigurableApplicationContext service;
    private final long start = System.nanoTime();
    private long now = start;
    private Duration looksTake = Duration.ZERO;
    private boolean databaseIsAway;

    @AfterEach
    void stop() {
        if (service != null) {
            // Whoever rings is let in, so that the stop need not wait.
            service.getBean(ShipOrderHandler.class).openADoor();
        }
        nodes.close();
    }

    @Test
    void findsAWorkerThatStartsNothingThoughItCould() {
        var watch = watch(startWithADeadIntake());
        assertThat(lookAfter(watch, Duration.ofSeconds(10))).isEqualTo(Stuck.NO);

        nodes.queue().enqueue(new RingBell(1));

        assertThat(lookAfter(watch, Duration.ofSeconds(20))).as("not for a minute yet").isEqualTo(Stuck.NO);
        assertThat(lookAfter(watch, Duration.ofSeconds(79))).isEqualTo(Stuck.NO);
        assertThat(lookAfter(watch, Duration.ofSeconds(81))).isEqualTo(Stuck.STARTS_NONE);
    }

    @Test
    void doesNotCountTheTimeForWhichALookWasHeldUp() {
        var watch = watch(startWithADeadIntake());
        nodes.queue().enqueue(new RingBell(1));

        looksTake = Duration.ofMinutes(2);
        assertThat(lookAfter(watch, Duration.ofSeconds(10))).isEqualTo(Stuck.NO);
        looksTake = Duration.ZERO;
        assertThat(lookAfter(watch, Duration.ofSeconds(135))).isEqualTo(Stuck.NO);
        looksTake = Duration.ofMinutes(1);
        assertThat(lookAfter(watch, Duration.ofSeconds(140))).isEqualTo(Stuck.NO);
        looksTake = Duration.ZERO;

        assertThat(lookAfter(watch, Duration.ofSeconds(205))).isEqualTo(Stuck.NO);
        assertThat(lookAfter(watch, Duration.ofSeconds(265))).isEqualTo(Stuck.STARTS_NONE);
    }

    @Test
    void takesNothingAwayWithItsLook() {
        var watch = watch(startWithADeadIntake());
        var id = nodes.queue().enqueue(new RingBell(1));

        lookAfter(watch, Duration.ofSeconds(10));

        assertThat(nodes.queue().find(id).orElseThrow().state()).isEqualTo(State.ENQUEUED);
        assertThat(nodes.jdbc().sql("select version from millrace_jobs.jobrunr_jobs").query(Integer.class).single())
                .isEqualTo(1);
    }

    @Test
    void findsNothingAmissWhereAQueueIsPaused() {
        var watch = watch(startWithADeadIntake());
        nodes.queues().pause("bell");
        nodes.queue().enqueue(new RingBell(1));

        assertThat(looks(watch)).containsOnly(Stuck.NO);

        nodes.queues().resume("bell");
        assertThat(looks(watch)).contains(Stuck.STARTS_NONE);
    }

    @Test
    void findsNothingAmissWhereALimitHoldsTheJobs() {
        var watch = watch(start("concurrency=4"));
        var limit = EnqueueOptions.DEFAULTS.withConcurrencyLimit("one at a time", 1);
        awaitRunning(nodes.queue().enqueue(new ShipOrder(1, "rings until opened"), limit));
        nodes.queue().enqueue(new ShipOrder(2, "somewhere"), limit);
        nodes.queues().limitRate("bell", 1, Duration.ofHours(1));
        var rung = nodes.queue().enqueue(new RingBell(1));
        Awaitility.await().until(() -> nodes.queue().find(rung).orElseThrow().state() == State.SUCCEEDED);
        nodes.queue().enqueue(new RingBell(2));

        assertThat(looks(watch)).containsOnly(Stuck.NO);
    }

    @Test
    void findsNothingAmissWhileTheDatabaseIsAwayNorAMinuteAfter() {
        var watch = watch(startWithADeadIntake());
        nodes.queue().enqueue(new RingBell(1));
        lookAfter(watch, Duration.ofSeconds(10));
        databaseIsAway = true;
        assertThat(lookAfter(watch, Duration.ofSeconds(100))).isEqualTo(Stuck.NO);
        databaseIsAway = false;

        assertThat(lookAfter(watch, Duration.ofSeconds(110))).isEqualTo(Stuck.NO);
        assertThat(lookAfter(watch, Duration.ofSeconds(171))).isEqualTo(Stuck.STARTS_NONE);
    }

    @Test
    void findsAWorkerWhoseRunsAreSilentWhileOthersWait() {
        var watch = watch(start("concurrency=1"));
        awaitRunning(nodes.queue().enqueue(new ShipOrder(1, "rings until opened")));
        assertThat(lookAfter(watch, Duration.ZERO)).isEqualTo(Stuck.NO);
        assertThat(lookAfter(watch, SILENT.plusMinutes(1))).as("nobody waits").isEqualTo(Stuck.NO);

        nodes.queue().enqueue(new ShipOrder(2, "somewhere"));

        assertThat(lookAfter(watch, SILENT.minusMinutes(1))).isEqualTo(Stuck.NO);
        assertThat(lookAfter(watch, SILENT.plusMinutes(1))).isEqualTo(Stuck.RUNS_ARE_SILENT);
        nodes.queues().pause("shipping");
        assertThat(lookAfter(watch, SILENT.plusMinutes(2))).isEqualTo(Stuck.NO);
    }

    @Test
    void hearsARunThatSaysHowFarItIs() {
        var watch = watch(start("concurrency=1"));
        awaitRunning(nodes.queue().enqueue(new ShipOrder(1, "rings until opened")));
        nodes.queue().enqueue(new ShipOrder(2, "somewhere"));
        var run = server().underWay().attempts().iterator().next();
        long before = System.nanoTime();
        lookAt(watch, before);

        run.isHeardOf();

        assertThat(lookAt(watch, before + SILENT.toNanos())).isEqualTo(Stuck.NO);
        assertThat(lookAt(watch, System.nanoTime() + SILENT.toNanos())).isEqualTo(Stuck.RUNS_ARE_SILENT);
    }

    @Test
    void knowsNothingOfAWorkerThatStops() {
        var watch = watch(startWithADeadIntake());
        nodes.queue().enqueue(new RingBell(1));
        assertThat(looks(watch)).contains(Stuck.STARTS_NONE);

        server().takeNoMore();

        assertThat(lookAfter(watch, Duration.ofMinutes(9))).isEqualTo(Stuck.NO);
    }

    private Set<Stuck> looks(StuckWatch watch) {
        var found = new HashSet<Stuck>();
        for (int minutes = 1; minutes < 5; minutes++) {
            found.add(lookAfter(watch, Duration.ofMinutes(minutes)));
        }
        return found;
    }

    private Stuck lookAfter(StuckWatch watch, Duration time) {
        awaitHeartbeat(service().getBean(JobWorker.class));
        return lookAt(watch, start + time.toNanos());
    }

    private Stuck lookAt(StuckWatch watch, long time) {
        now = time;
        watch.look();
        return watch.found();
    }

    private JobServer server() {
        return service().getBean(JobWorker.class).server().orElseThrow();
    }

    private ConfigurableApplicationContext service() {
        return Objects.requireNonNull(service);
    }

    /** One that looks when the test says so, beside none of the service's own. */
    private StuckWatch watch(ConfigurableApplicationContext started) {
        service = started;
        started.getBean(LoadOfWorker.class).stop();
        var worker = started.getBean(JobWorker.class);
        awaitHeartbeat(worker);
        var database = new DelegatingDataSource(started.getBean(DataSource.class)) {
            @Override
            public Connection getConnection() throws SQLException {
                if (databaseIsAway) {
                    throw new SQLException("as if");
                }
                now += looksTake.toNanos();
                return super.getConnection();
            }
        };
        return new StuckWatch(worker::server, started.getBean(RunProgress.class), database,
                started.getBean(JobsSchema.class), QueueSubscription.ALL, SILENT, () -> now);
    }

    /** On a busy machine one may be late. */
    private static void awaitHeartbeat(JobWorker worker) {
        Awaitility.await().until(() -> worker.server().filter(JobServer::isHeard).isPresent());
    }

    private ConfigurableApplicationContext start(String... settings) {
        return nodes.start(settings);
    }

    /** As after an interrupt that nobody should have sent: its threads end, and nothing looks for jobs any more. */
    private ConfigurableApplicationContext startWithADeadIntake() {
        var before = intakes();
        var started = start();
        var own = intakes();
        own.removeAll(before);
        assertThat(own).isNotEmpty();
        own.forEach(Thread::interrupt);
        Awaitility.await().until(() -> own.stream().noneMatch(Thread::isAlive));
        return started;
    }

    private static Set<Thread> intakes() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("job-intake"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void awaitRunning(UUID id) {
        Awaitility.await().until(() -> nodes.queue().find(id).orElseThrow().state() == State.PROCESSING);
        var handler = service().getBean(ShipOrderHandler.class);
        Awaitility.await().until(() -> handler.running() > 0);
    }
}
