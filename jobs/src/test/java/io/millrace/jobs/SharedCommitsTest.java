package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What many save at the same moment. */
class SharedCommitsTest extends EmbeddedEngine {

    private static final int MANY = 300;

    @Autowired
    JobStore store;
    @Autowired
    DataSource dataSource;

    @Test
    void commitsEachBeforeItsCallerReturns() throws Exception {
        var jobs = stored(MANY);

        var seen = together(jobs.stream().<Callable<String>>map(job -> () -> {
            store.save(job.delete("not needed"));
            return stateOf(job);
        }).toList());

        for (var state : seen) {
            assertThat(state.get()).isEqualTo("DELETED");
        }
        assertThat(jobs).allMatch(job -> job.getVersion() == 2)
                .allMatch(job -> store.getJobById(job.getId()).getVersion() == 2);
    }

    @Test
    void refusesOnlyTheOneWhoseRowHasChanged() throws Exception {
        var jobs = stored(MANY);
        var stale = jobs.get(MANY / 2);
        store.save(store.getJobById(stale.getId()).delete("somebody else was faster"));

        var saved = together(jobs.stream().<Callable<Job>>map(job -> () -> store.save(job.delete("mine"))).toList());

        for (int i = 0; i < MANY; i++) {
            var one = saved.get(i);
            if (jobs.get(i).equals(stale)) {
                assertThatThrownBy(one::get).hasCauseInstanceOf(ConcurrentJobModificationException.class);
            } else {
                assertThat(one.get().getVersion()).isEqualTo(2);
            }
        }
        assertThat(stale.getVersion()).as("the version it was read with").isEqualTo(1);
    }

    @Test
    void failsOnlyTheOneThatTheDatabaseRefuses() throws Exception {
        var jobs = stored(MANY);
        var refused = jobs.get(7);
        jdbc.sql(
                "alter table millrace_jobs.jobrunr_jobs add constraint never_deleted check (id <> '%s' or state <> 'DELETED')"
                        .formatted(refused.getId()))
                .update();

        var saved = together(jobs.stream().<Callable<Job>>map(job -> () -> store.save(job.delete("mine"))).toList());
        jdbc.sql("alter table millrace_jobs.jobrunr_jobs drop constraint never_deleted").update();

        for (int i = 0; i < MANY; i++) {
            var one = saved.get(i);
            if (i == 7) {
                assertThatThrownBy(one::get).isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StorageException.class);
            } else {
                assertThat(one.get().hasState(StateName.DELETED)).isTrue();
            }
        }
        assertThat(stateOf(refused)).isEqualTo("SCHEDULED");
    }

    @Test
    void letsNoneOfTwoChangesOfOneJobGetLost() throws Exception {
        var job = stored(1).getFirst();
        var copies = IntStream.range(0, 50).mapToObj(_ -> store.getJobById(job.getId())).toList();

        var saved = together(
                copies.stream().<Callable<Job>>map(copy -> () -> store.save(copy.delete("mine"))).toList());

        int won = 0;
        for (var one : saved) {
            try {
                one.get();
                won++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(ConcurrentJobModificationException.class);
            }
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void failsAllAtOnceWhenTheDatabaseIsGone() {
        var schema = new JobsSchema(dataSource, "millrace_jobs");
        var gone = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/none");
        var commits = SharedCommits.of(gone, new JobChanges(schema), TellEvents.NOBODY);
        var job = stored(1).getFirst();
        job.delete("mine");

        assertThatThrownBy(() -> commits.commit(JobChange.of(job, new JobJson(new JobsAutoConfiguration()
                .jobRunrJsonMapper()), null))).isInstanceOf(StorageException.class)
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void triesNoneAloneWhileThereIsNoSpaceLeft() throws Exception {
        var jobs = stored(MANY);
        jdbc.sql("""
                 create sequence writes;
                 create function no_space() returns trigger language plpgsql as $$
                     begin
                         perform nextval('writes'), pg_sleep(0.05);
                         raise exception 'no space left on device' using errcode = '53100';
                     end $$;
                 create trigger no_space before update on millrace_jobs.jobrunr_jobs
                     for each statement execute function no_space();
                 """).update();

        var commits = SharedCommits.of(dataSource, new JobChanges(new JobsSchema(dataSource, "millrace_jobs")),
                TellEvents.NOBODY);
        var json = new JobJson(new JobsAutoConfiguration().jobRunrJsonMapper());

        var saved = together(jobs.stream()
                .<Callable<Object>>map(job -> () -> commits.commit(JobChange.of(job.delete("mine"), json, null)))
                .toList());
        jdbc.sql("drop trigger no_space on millrace_jobs.jobrunr_jobs").update();

        for (var one : saved) {
            assertThatThrownBy(one::get).hasCauseInstanceOf(StorageException.class);
        }
        assertThat(jdbc.sql("select last_value from writes").query(Integer.class).single()).isLessThan(MANY);
        assertThat(jobs).extracting(job -> stateOf(job)).containsOnly("SCHEDULED");
    }

    private List<Job> stored(int count) {
        var envelope = new EnqueuedJob("ship-order", 1, "shipping", 0, 3, "{}");
        var jobs = new ArrayList<Job>();
        for (int i = 0; i < count; i++) {
            var job = SealedJob.of(UUID.randomUUID(), envelope, new EnqueuedState(), List.of());
            job.scheduleAt(job.getCreatedAt().plus(Duration.ofDays(1)), "not in this test");
            jobs.add(store.save(job));
        }
        return jobs;
    }

    private String stateOf(Job job) {
        return jdbc.sql("select state from millrace_jobs.jobrunr_jobs where id = ?").param(job.getId().toString())
                .query(String.class).single();
    }

    private static <T> List<Future<T>> together(List<Callable<T>> calls) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls);
        }
    }
}
