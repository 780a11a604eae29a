package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.Paging.AmountBasedList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.RingBell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Jobs that return nothing: that they succeeded is their result, for as long as one would be kept. */
@TestPropertySource(properties = "millrace.jobs.types.ring-bell.result-ttl=PT50H")
class EmptyResultTest extends EmbeddedEngine {

    private static final Duration TTL = Duration.ofHours(50);

    @Autowired
    Clock clock;
    @Autowired
    JobStore store;

    @Test
    void isNullFromSuccessOnAndNothingIsKept() {
        var id = queue.enqueue(new RingBell(-1));
        var done = await(id, State.SUCCEEDED);

        var result = results.find(id).orElseThrow();

        assertThat(result.json()).isEqualTo("null");
        assertThat(result.expiresAt()).isCloseTo(finishedAt(done).plus(TTL), within(1, ChronoUnit.MICROS));
        assertThat(jdbc.sql("select count(*) from millrace_jobs.job_results").query(Long.class).single()).isZero();
    }

    @Test
    void expiresWhenAKeptOneWould() {
        var id = queue.enqueue(new RingBell(-2));
        await(id, State.SUCCEEDED);

        succeededAgo(id, TTL.minusMinutes(1));
        assertThat(results.find(id)).isPresent();

        succeededAgo(id, TTL.plusMinutes(1));
        assertThat(results.find(id)).isEmpty();
    }

    @Test
    void outlivesTheJob() {
        var id = queue.enqueue(new RingBell(-3));
        var finishedAt = finishedAt(await(id, State.SUCCEEDED));
        succeededAgo(id, Duration.ofHours(40));

        store.getJobList(StateName.SUCCEEDED, finishedAt.minus(Duration.ofHours(36)),
                AmountBasedList.ascOnUpdatedAt(10));

        assertThat(queue.find(id).orElseThrow().state()).isEqualTo(State.DELETED);
        assertThat(results.find(id).orElseThrow().expiresAt()).isCloseTo(finishedAt.plus(TTL),
                within(1, ChronoUnit.MICROS));
    }

    @Test
    void isNotThereOfOneThatHasNotSucceeded() {
        var options = EnqueueOptions.DEFAULTS.withRunAt(clock.instant().plus(Duration.ofDays(100)));
        var waiting = queue.enqueue(new RingBell(-4), options);
        assertThat(results.find(waiting)).isEmpty();

        queue.cancel(waiting);

        assertThat(results.find(waiting)).isEmpty();
        assertThat(results.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void isNotMadeUpForATypeThatHasResults() {
        var id = orders.place(90_001, "somewhere");
        await(id, State.SUCCEEDED);
        jdbc.sql("delete from millrace_jobs.job_results where job_id = ?").param(id).update();

        assertThat(results.find(id)).isEmpty();
    }

    private void succeededAgo(UUID id, Duration ago) {
        jdbc.sql("""
                 update millrace_jobs.jobrunr_jobs set updatedAt = (now() at time zone 'UTC') - make_interval(secs => ?)
                 where id = ?
                 """).param(ago.toSeconds()).param(id.toString()).update();
    }

    private static Instant finishedAt(JobStatus job) {
        return Objects.requireNonNull(job.finishedAt());
    }
}
