package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.BuildProperties;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class JobWorkersTest {

    private static final WorkerFacts FACTS = new WorkerFacts("1.2.3", "a host", List.of("mail=64", "files"), 100);

    private final StoreTables tables = new StoreTables();
    private final JobWorkers workers = new PostgresJobWorkers(tables.database, tables.schema);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void saysWhatALivingOneIsAndHowManyJobsItRuns() throws SQLException {
        var id = registered("a worker");
        tables.add("PROCESSING", 3);
        tables.add("ENQUEUED", 1);
        tables.jdbc.sql("update millrace_jobs.jobrunr_jobs set worker = ?").param(id).update();

        assertThat(workers.all()).singleElement().satisfies(worker -> {
            assertThat(worker.id()).isEqualTo(id);
            assertThat(worker.name()).isEqualTo("a worker");
            assertThat(worker.version()).isEqualTo("1.2.3");
            assertThat(worker.host()).isEqualTo("a host");
            assertThat(worker.queues()).containsExactly("mail=64", "files");
            assertThat(worker.slots()).isEqualTo(100);
            assertThat(worker.running()).isEqualTo(3);
            assertThat(worker.alive()).isTrue();
            assertThat(worker.startedAt()).isBeforeOrEqualTo(worker.lastSeenAt());
        });
    }

    @Test
    void takesOneForDeadByItsHeartbeatAndItsSession() throws SQLException {
        var young = registered("young");
        var gone = silent(registered("gone"), 3);
        try (var session = tables.database.getConnection()) {
            var there = silent(register("there", session), 3);
            var old = silent(register("old", session), 11);
            var withoutLock = silent(registered("without a lock"), 3);
            tables.jdbc.sql("update millrace_jobs.job_workers set number = null where id = ?").param(withoutLock)
                    .update();

            assertThat(workers.all().stream().filter(WorkerStatus::alive)).extracting(WorkerStatus::id)
                    .containsExactly(there, withoutLock, young);
            assertThat(workers.all().stream().filter(worker -> !worker.alive())).extracting(WorkerStatus::id)
                    .containsExactly(gone, old);
        }
    }

    @Test
    void showsOneThatDiedForAnHourAfterOthersHavePutItsJobsBack() throws SQLException {
        var dead = silent(registered("dead"), 20);
        var seen = workers.all().getFirst().lastSeenAt();

        new RescueJobs(new WorkerTables(tables.database, tables.schema, tables.wakeUp), tables.store,
                UUID.randomUUID(), Duration.ofSeconds(60), RandomGenerator.getDefault()).ofTheDead(_ -> true);

        assertThat(rows("job_workers")).isZero();
        assertThat(workers.all()).singleElement().satisfies(worker -> {
            assertThat(worker.id()).isEqualTo(dead);
            assertThat(worker.alive()).isFalse();
            assertThat(worker.lastSeenAt()).isEqualTo(seen);
        });
        tables.jdbc.sql("update millrace_jobs.job_worker_facts set died_at = died_at - interval '1 hour'").update();
        assertThat(workers.all()).isEmpty();
        registered("the next to start");
        assertThat(rows("job_worker_facts")).isOne();
    }

    @Test
    void livesAgainWhereItWasTakenForDead() throws SQLException {
        var id = registered("paused");
        tables.jdbc.sql("delete from millrace_jobs.job_workers").update();
        tables.jdbc.sql("update millrace_jobs.job_worker_facts set died_at = now()").update();
        assertThat(workers.all()).extracting(WorkerStatus::alive).containsExactly(false);

        try (var session = tables.database.getConnection()) {
            registration("paused", id).on(session);
        }

        assertThat(workers.all()).extracting(WorkerStatus::alive).containsExactly(true);
    }

    @Test
    void knowsLittleOfOneOfAnEarlierVersion() {
        tables.jdbc.sql("""
                        insert into millrace_jobs.job_workers (id, name, beat_at)
                        values (gen_random_uuid(), 'older', clock_timestamp())
                        """).update();

        assertThat(workers.all()).singleElement().satisfies(worker -> {
            assertThat(worker.name()).isEqualTo("older");
            assertThat(worker.version()).isNull();
            assertThat(worker.queues()).isEmpty();
            assertThat(worker.alive()).isTrue();
        });
    }

    @Test
    void comeAndGoWithTheirHeartbeats() {
        var heartbeat = new Heartbeat(new WorkerTables(tables.database, tables.schema, tables.wakeUp, FACTS),
                UUID.randomUUID(), "a worker", () -> {
                });
        heartbeat.start();
        Awaitility.await().until(() -> workers.all().stream().filter(WorkerStatus::alive).count() == 1);

        heartbeat.end(true);

        Awaitility.await().until(() -> workers.all().isEmpty());
        assertThat(rows("job_worker_facts")).isZero();
    }

    @Test
    void saysItsQueuesCapsAndVersionAsTheSettingsDo() {
        try (var nodes = new Nodes()) {
            var node = nodes.start("name=one", "version=7.1", "queues=shipping=3,default", "concurrency=5");
            var known = node.getBean(JobWorkers.class);
            Awaitility.await().until(() -> !known.all().isEmpty());

            assertThat(known.all()).singleElement().satisfies(worker -> {
                assertThat(worker.name()).isEqualTo("one");
                assertThat(worker.version()).isEqualTo("7.1");
                assertThat(worker.queues()).containsExactly("shipping=3", "default");
                assertThat(worker.slots()).isEqualTo(5);
                assertThat(worker.host()).isNotEmpty();
            });
        }
    }

    @Test
    void haveTheVersionOfTheirBuildWhereNobodySaysAnother() {
        var properties = new Properties();
        properties.setProperty("version", "2.0");
        var build = Optional.of(new BuildProperties(properties));
        var manifest = new MockEnvironment().withProperty("spring.application.version", "1.0");

        assertThat(WorkerFacts.of(settings("3.0"), build, manifest).version()).isEqualTo("3.0");
        assertThat(WorkerFacts.of(settings(""), build, manifest).version()).isEqualTo("2.0");
        assertThat(WorkerFacts.of(settings(""), Optional.empty(), manifest).version()).isEqualTo("1.0");
        assertThat(WorkerFacts.of(settings(""), Optional.empty(), new MockEnvironment()).version()).isNull();
    }

    private static JobWorkerProperties settings(String version) {
        return new JobWorkerProperties(true, "", version, Set.of(), 1, Duration.ofSeconds(5), Duration.ZERO,
                Duration.ofDays(1), Duration.ofDays(1), true,
                Duration.ofMinutes(15));
    }

    /** Its session has ended. */
    private UUID registered(String name) throws SQLException {
        try (var session = tables.database.getConnection()) {
            var id = register(name, session);
            try (var unlock = session.createStatement()) {
                unlock.execute("select pg_advisory_unlock_all()");
            }
            return id;
        }
    }

    private UUID register(String name, Connection session) throws SQLException {
        var id = UUID.randomUUID();
        registration(name, id).on(session);
        return id;
    }

    private RegisterWorker registration(String name, UUID id) {
        return new RegisterWorker(new WorkerTables(tables.database, tables.schema, tables.wakeUp, FACTS), id, name);
    }

    private UUID silent(UUID worker, int seconds) {
        tables.jdbc.sql("""
                        update millrace_jobs.job_workers set beat_at = clock_timestamp() - make_interval(secs => ?)
                        where id = ?
                        """).param(seconds).param(worker).update();
        return worker;
    }

    private long rows(String table) {
        return tables.jdbc.sql("select count(*) from millrace_jobs." + table).query(Long.class).single();
    }
}
