package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.StateName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The rows of workers in every condition, as one that lives finds them. */
class RescueJobsTest {

    private static final Instant ENQUEUED = Instant.parse("2026-01-02T03:04:05Z");

    private final StoreTables tables = new StoreTables();
    private final RescueJobs rescue = new RescueJobs(
            new WorkerTables(tables.database, tables.schema, tables.wakeUp), tables.store, UUID.randomUUID(),
            Duration.ofSeconds(60), RandomGenerator.getDefault());

    @BeforeEach
    void oursAreJobsOfTheEngine() {
        tables.store
                .setJobMapper(new JobsAutoConfiguration().jobMapper(new JobsAutoConfiguration().jobRunrJsonMapper()));
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void takesNobodyForDeadWhoseHeartbeatIsYoung() {
        var job = runningOn(worker(1, 1));

        rescue.ofTheDead(_ -> true);

        assertThat(state(job)).isEqualTo(StateName.PROCESSING);
        assertThat(workers()).isOne();
    }

    @Test
    void putsTheJobsOfOneBackWhoseSessionHasEnded() {
        var job = runningOn(worker(1, 3));

        rescue.ofTheDead(_ -> true);

        assertThat(state(job)).isEqualTo(StateName.ENQUEUED);
        assertThat(workers()).isZero();
    }

    /** As where it waited for its connection until a database was back that all others have lost as well. */
    @Test
    void takesNobodyForDeadWhoHadNoTimeToComeBackByWhenItIsAsked() {
        var job = runningOn(worker(1, 3));

        rescue.ofTheDead(_ -> false);

        assertThat(state(job)).isEqualTo(StateName.PROCESSING);
        assertThat(workers()).isOne();
    }

    @Test
    void waitsLongerForOneWhoseSessionIsThere() throws SQLException {
        var cutOff = runningOn(worker(1, 11));
        var late = runningOn(worker(2, 5));
        try (var session = tables.database.getConnection()) {
            lock(session, 1);
            lock(session, 2);

            rescue.ofTheDead(_ -> true);

            assertThat(state(cutOff)).isEqualTo(StateName.ENQUEUED);
            assertThat(state(late)).isEqualTo(StateName.PROCESSING);
        }
    }

    @Test
    void waitsLongerForOneThatHoldsNoLock() {
        var job = runningOn(worker(null, 5));

        rescue.ofTheDead(_ -> true);

        assertThat(state(job)).isEqualTo(StateName.PROCESSING);
    }

    @Test
    void leavesTheWorkersRowWhileSomebodyHoldsAJob() throws SQLException {
        var worker = worker(1, 11);
        var job = runningOn(worker);
        var held = runningOn(worker);
        try (var other = tables.database.getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "select from millrace_jobs.jobrunr_jobs where id = '%s' for update".formatted(held.getId()));

            rescue.ofTheDead(_ -> true);

            assertThat(state(job)).isEqualTo(StateName.ENQUEUED);
            assertThat(workers()).isOne();
            other.rollback();
        }
        rescue.ofTheDead(_ -> true);

        assertThat(state(held)).isEqualTo(StateName.ENQUEUED);
        assertThat(workers()).isZero();
    }

    @Test
    void putsAJobBackToItsOldPlaceWithoutUsingAnAttempt() {
        var job = runningOn(worker(1, 3));

        rescue.ofTheDead(_ -> true);

        var back = tables.store.getJobById(job.getId());
        assertThat(back.getUpdatedAt()).isEqualTo(ENQUEUED);
        assertThat(updatedAt(job)).isEqualTo(ENQUEUED);
        var crash = (FailedState) back.getJobState(-2);
        assertThat(WorkerCrashed.is(crash)).isTrue();
        assertThat(crash.getExceptionMessage()).isEqualTo("worker of 3 s died while it ran this job");
        assertThat(Attempts.of(back)).isEqualTo(new Attempts(1, 0, 1));
        assertThat(Attempts.of(CrashedJobTest.again(back))).as("the same attempt").isEqualTo(new Attempts(1, 0, 1));
    }

    @Test
    void leavesAJobAloneThatWasCancelledAndCannotHearIt() {
        var worker = worker(1, 3);
        var cancelled = runningOn(worker);
        var other = runningOn(worker);
        tables.store.save(tables.store.getJobById(cancelled.getId()).delete("cancelled"));

        rescue.ofTheDead(_ -> true);
        rescue.ofNobody();

        assertThat(state(cancelled)).isEqualTo(StateName.DELETED);
        assertThat(state(other)).isEqualTo(StateName.ENQUEUED);
        assertThat(workers()).isZero();
    }

    @Test
    void letsAJobWaitForARandomTimeAfterItsSecondCrash() {
        var job = runningOn(worker(1, 3), 1);

        rescue.ofTheDead(_ -> true);

        var back = tables.store.getJobById(job.getId());
        assertThat(back.<ScheduledState>getJobState().getScheduledAt()).isBetween(databaseTime().minusSeconds(5),
                databaseTime().plusSeconds(31));
    }

    @Test
    void leavesAJobFailedAfterItsThirdCrash() {
        var job = runningOn(worker(1, 3), 2);

        rescue.ofTheDead(_ -> true);

        var failed = tables.store.getJobById(job.getId());
        assertThat(failed.<FailedState>getJobState().mustNotRetry()).isTrue();
        assertThat(JobHistory.of(failed).status().error()).isEqualTo(new JobStatus.Failure("WorkerCrashed",
                "worker of 3 s died while it ran this job, as others did before; it does not run again unless"
                        + " somebody puts it back"));
        failed.enqueue();
        assertThat(Attempts.of(failed).crashes()).as("put back by hand").isZero();
    }

    @Test
    void putsBackWhatNobodyIsKnownToRunOnceItIsOld() {
        var fresh = runningOn(UUID.randomUUID());
        var old = runningOn(UUID.randomUUID());
        var ofAnEarlierVersion = runningOn(null);
        var ofALivingOne = runningOn(worker(1, 0));
        tables.jdbc.sql("""
                        update millrace_jobs.jobrunr_jobs set updatedAt = updatedAt - interval '61 seconds'
                        where id <> ?
                        """).param(fresh.getId().toString()).update();

        rescue.ofNobody();

        assertThat(List.of(state(fresh), state(ofALivingOne))).containsOnly(StateName.PROCESSING);
        assertThat(List.of(state(old), state(ofAnEarlierVersion))).containsOnly(StateName.ENQUEUED);
    }

    private UUID worker(@Nullable Integer number, int silentForSeconds) {
        var id = UUID.randomUUID();
        tables.jdbc.sql("""
                        insert into millrace_jobs.job_workers (id, name, number, beat_at)
                        values (?, ?, ?, clock_timestamp() - make_interval(secs => ?))
                        """).param(id).param("of " + silentForSeconds + " s").param(number).param(silentForSeconds)
                .update();
        return id;
    }

    private static void lock(Connection session, int number) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute("select pg_advisory_lock(%s, %d)".formatted(Heartbeat.LOCKS.formatted("millrace_jobs."),
                    number));
        }
    }

    private Job runningOn(@Nullable UUID worker) {
        return runningOn(worker, 0);
    }

    private Job runningOn(@Nullable UUID worker, int crashes) {
        var job = CrashedJobTest.running(new EnqueuedState(ENQUEUED));
        for (int i = 0; i < crashes; i++) {
            job = CrashedJobTest.again(CrashedJob.of(job, "an earlier one", ENQUEUED, RandomGenerator.getDefault()));
        }
        var stored = tables.store.save(new Job(job.getId(), 0, job.getJobDetails(), job.getJobStates(),
                new ConcurrentHashMap<>()));
        tables.jdbc.sql("""
                        update millrace_jobs.jobrunr_jobs
                        set worker = ?, updatedAt = clock_timestamp() at time zone 'UTC' where id = ?
                        """).param(worker).param(stored.getId().toString()).update();
        return stored;
    }

    private StateName state(Job job) {
        return tables.store.getJobById(job.getId()).getState();
    }

    private long workers() {
        return tables.jdbc.sql("select count(*) from millrace_jobs.job_workers").query(Long.class).single();
    }

    private Instant updatedAt(Job job) {
        return tables.jdbc.sql("select updatedAt at time zone 'UTC' from millrace_jobs.jobrunr_jobs where id = ?")
                .param(job.getId().toString()).query(OffsetDateTime.class).single().toInstant();
    }

    private Instant databaseTime() {
        return tables.jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    }
}
