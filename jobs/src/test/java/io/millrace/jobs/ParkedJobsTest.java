package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.State;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows that no worker can run are parked as FAILED with their reason, and the queue goes on. */
class ParkedJobsTest extends EmbeddedEngine {

    @Autowired
    WakeUp wakeUp;
    @Autowired
    JobStore store;
    @Autowired
    DataSource dataSource;
    @Autowired
    JobsSchema schema;
    @Autowired
    Clock clock;

    @Test
    void parksAJobOfATypeWithoutHandlerAsFailed() {
        var stranded = insert(new EnqueuedJob("gone-type", 1, "default", 0, 3, "{}"));

        var failed = await(stranded, State.FAILED);

        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(String.valueOf(failed.error())).contains("no handler for job type gone-type");
    }

    @Test
    void parksAJobOfANewerPayloadVersionAsFailed() {
        var newer = insert(new EnqueuedJob("ship-order", 2, "default", 0, 3, "{}"));

        assertThat(String.valueOf(await(newer, State.FAILED).error())).contains("of version 2, newer than the 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"no\": \"job", "{}", "{\"no\": \"job\"}", "null", "{\"id\": 1}", "{\"job\":\"x\"}"})
    void parksARowThatCannotBeReadAndKeepsWhatItHeld(String json) {
        var broken = UUID.randomUUID();
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type)
                values (?, 1, ?, 'x', 'ENQUEUED', now(), now(), 'ship-order')
                """)
                .param(broken.toString()).param(json).update();
        wakeUp.workers();

        var failed = Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions()
                .until(() -> queue.find(broken).orElseThrow(), status -> status.state() == State.FAILED);

        assertThat(failed.type()).isEqualTo("ship-order");
        assertThat(String.valueOf(failed.error())).contains("cannot be read");
        assertThat(jdbc.sql("select unreadable from millrace_jobs.jobrunr_jobs where id = ?").param(broken.toString())
                .query(String.class).single()).startsWith(json).doesNotContain("FAILED");
        await(orders.place(10_000 + Math.floorMod(json.hashCode(), 1_000_000), "the queue goes on"), State.SUCCEEDED);
    }

    /** More than there are slots for, some times over: each fetch finds as many as it wants, and can read none. */
    @Test
    void waitsForNoPollWhereAllThatAFetchFindsIsParked() {
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type)
                select gen_random_uuid(), 1, '{}', 'x', 'ENQUEUED', past, past, 'ship-order'
                from (select now() at time zone 'UTC' - interval '1 hour' as past from generate_series(1, 100)) as rows
                """)
                .update();

        var id = orders.place(16, "behind them");

        Awaitility.await().atMost(Duration.ofSeconds(12)).pollInterval(Duration.ofMillis(10))
                .until(() -> queue.find(id).orElseThrow().state() == State.SUCCEEDED);
    }

    @Test
    void parksARowWhoseStateItsHistoryDoesNotBear() {
        var id = orders.place(12, "somewhere");
        await(id, State.SUCCEEDED);
        jdbc.sql("update millrace_jobs.jobrunr_jobs set state = 'ENQUEUED' where id = ?").param(id.toString())
                .update();
        wakeUp.workers();

        assertThat(String.valueOf(await(id, State.FAILED).error())).contains("cannot be read");
        await(orders.place(13, "the queue goes on"), State.SUCCEEDED);
    }

    @Test
    void letsNoUnreadableRowHideTheOthersFromRescue() {
        var broken = unreadableAndSucceeded();
        var done = orders.place(14, "somewhere");
        await(done, State.SUCCEEDED);

        var read = store.readJobList(StateName.SUCCEEDED, clock.instant().plusSeconds(1),
                AmountBasedList.ascOnUpdatedAt(1_000));

        assertThat(read).extracting(job -> job.getId()).contains(done).doesNotContain(broken);
        assertThat(await(broken, State.FAILED).type()).isEqualTo("ship-order");
        assertThat(jdbc.sql("""
                            select updatedAt > (now() at time zone 'UTC') - interval '1 minute'
                            from millrace_jobs.jobrunr_jobs where id = ?
                            """).param(broken.toString()).query(Boolean.class).single()).isTrue();
    }

    @Test
    void changesNothingWhenSomebodyOnlyLooks() {
        var broken = unreadableAndSucceeded();
        var done = orders.place(15, "somewhere");
        await(done, State.SUCCEEDED);

        var shown = store.getJobList(StateName.SUCCEEDED, AmountBasedList.ascOnUpdatedAt(1_000));

        assertThat(shown).extracting(job -> job.getId()).contains(done).doesNotContain(broken);
        var row = queue.find(broken).orElseThrow();
        assertThat(row.state()).isEqualTo(State.SUCCEEDED);
        assertThat(row.type()).isEqualTo("ship-order");
        jdbc.sql("delete from millrace_jobs.jobrunr_jobs where id = ?").param(broken.toString()).update();
    }

    /** Young enough for retention to leave it alone. */
    private UUID unreadableAndSucceeded() {
        var broken = UUID.randomUUID();
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type)
                values (?, 1, '{"no": "job', 'x', 'SUCCEEDED', now(), now() - interval '1 hour', 'ship-order')
                """)
                .param(broken.toString()).update();
        return broken;
    }

    private UUID insert(EnqueuedJob enqueued) {
        var id = UUID.randomUUID();
        new QueuedJobs(schema, new EnqueueTransaction(dataSource), wakeUp)
                .insert(new NewJobRow(id, enqueued, List.of(), clock.instant(), null, null, null));
        return id;
    }
}
