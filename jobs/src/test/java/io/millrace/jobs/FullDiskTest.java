package io.millrace.jobs;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.millrace.jobs.sample.ShipOrder;
import io.millrace.jobs.sample.ShipOrderHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** A database with no space left, which takes no heartbeats and ends no session. */
@Tag("long")
class FullDiskTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Nodes nodes = new Nodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void makesNobodyTakeThoseForDeadWhoseHeartbeatComesALittleLater() {
        nodes.start("queues=bell", "name=first");
        var second = nodes.start("queues=shipping", "name=second");
        var handler = second.getBean(ShipOrderHandler.class);
        var id = nodes.queue().enqueue(new ShipOrder(1, "rings until opened"));
        Awaitility.await().atMost(SOON).until(() -> handler.running() == 1);
        nodes.jdbc().sql("""
                         create function millrace_jobs.has_no_space() returns trigger language plpgsql as
                         $$ begin raise exception 'no space left' using errcode = '53100'; end $$
                         """).update();
        int taken = version();
        refuse("for_all", "true");
        awaitHeartbeats("min(clock_timestamp() - beat_at) > interval '12 s'");

        refuse("for_one", "old.name = 'second'");
        allow("for_all");

        awaitHeartbeats("min(clock_timestamp() - beat_at) < interval '2 s'");
        Awaitility.await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(5)).until(() -> version() == taken);
        allow("for_one");
        awaitHeartbeats("max(clock_timestamp() - beat_at) < interval '2 s'");
        handler.openADoor();
        nodes.awaitAll(JobStatus.State.SUCCEEDED, SOON);
        assertThat(second.getBean(JobStore.class).getJobById(id).getJobStates()).extracting(JobState::getName)
                .doesNotContain(StateName.FAILED);
        assertThat(handler.handled()).hasSize(1);
    }

    /** Of the only job: raised by whatever is done with it. */
    private int version() {
        return nodes.jdbc().sql("select version from millrace_jobs.jobrunr_jobs").query(Integer.class).single();
    }

    private void refuse(String trigger, String whose) {
        nodes.jdbc().sql("""
                         create trigger %s before update on millrace_jobs.job_workers
                         for each row when (%s) execute function millrace_jobs.has_no_space()
                         """.formatted(trigger, whose)).update();
    }

    private void allow(String trigger) {
        nodes.jdbc().sql("drop trigger %s on millrace_jobs.job_workers".formatted(trigger)).update();
    }

    private void awaitHeartbeats(String condition) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50))
                .until(() -> nodes.jdbc().sql("select %s from millrace_jobs.job_workers".formatted(condition))
                        .query(Boolean.class).single());
    }
}
