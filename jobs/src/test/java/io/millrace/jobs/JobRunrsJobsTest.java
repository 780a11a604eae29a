package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Jobs that JobRunr stores itself, such as those of a recurring job, wait where their envelope says. */
class JobRunrsJobsTest extends EmbeddedEngine {

    @Autowired
    JobStore store;

    @Test
    void waitInTheirQueueWithTheirPriority() {
        var one = ours("shipping", 7);
        one.setRecurringJobId("yearly");
        var two = ours("shipping", -3);

        assertThat(store.save(one).getVersion()).isEqualTo(1);
        store.save(List.of(two, ours("mail", 0)));

        assertThat(row(one)).containsEntry("type", "ship-order").containsEntry("queue", "shipping")
                .containsEntry("priority", 7).containsEntry("recurringjobid", "yearly").containsEntry("version", 1)
                .containsEntry("state", "SCHEDULED");
        assertThat(row(two)).containsEntry("queue", "shipping").containsEntry("priority", -3);
        assertThat(store.getJobById(one.getId()).getVersion()).isEqualTo(1);
    }

    @Test
    void areNotRefusedForAPriorityOutOfRange() {
        var job = ours("shipping", 5_000);

        store.save(job);

        assertThat(row(job)).containsEntry("priority", 1_000);
    }

    @Test
    void waitInTheDefaultQueueWhereTheyAreSomebodyElses() {
        var job = new Job(new JobDetails("java.lang.System", "out", "println",
                List.of(new JobParameter(String.class, "hello"))), later());

        store.save(job);

        assertThat(row(job)).containsEntry("type", null).containsEntry("queue", "default").containsEntry("priority", 0);
    }

    @Test
    void areRefusedWhereTheirIdIsThereAlready() {
        var known = ours("shipping", 1);
        store.save(known);
        var again = ours("shipping", 2, known.getId());
        var fresh = ours("shipping", 2);

        assertThatExceptionOfType(ConcurrentJobModificationException.class).isThrownBy(() -> store.save(again));
        assertThatExceptionOfType(ConcurrentJobModificationException.class)
                .isThrownBy(() -> store.save(List.of(fresh, again)))
                .satisfies(refused -> assertThat(refused.getConcurrentUpdatedJobs()).containsExactly(again));

        assertThat(row(known)).containsEntry("priority", 1);
        assertThat(again.getVersion()).isZero();
        assertThat(fresh.getVersion()).isEqualTo(1);
        assertThat(row(fresh)).containsEntry("version", 1);
    }

    private Map<String, @Nullable Object> row(Job job) {
        return jdbc.sql("select * from millrace_jobs.jobrunr_jobs where id = ?").param(job.getId().toString()).query()
                .singleRow();
    }

    private static Job ours(String queue, int priority) {
        return ours(queue, priority, UUID.randomUUID());
    }

    private static Job ours(String queue, int priority, UUID id) {
        return SealedJob.of(id, new EnqueuedJob("ship-order", 1, queue, priority, 3, "{}"), later(), List.of());
    }

    private static ScheduledState later() {
        return new ScheduledState(Instant.parse("2100-01-01T00:00:00Z"));
    }
}
