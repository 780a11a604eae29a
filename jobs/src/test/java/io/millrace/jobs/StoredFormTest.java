package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.SucceededState;
import org.jobrunr.utils.mapper.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.RingBell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What SQL makes of a row's text, against what the writer would write; and rows that hold JobRunr's JSON. */
class StoredFormTest extends EmbeddedEngine {

    @Autowired
    JsonMapper jobRunrs;
    @Autowired
    WakeUp wakeUp;

    @Test
    void isMovedOnBySqlAsTheWriterWouldWriteIt() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new RandomJob(new Random(seed));
            var job = random.makeUsual();
            var state = random.state();

            var moved = jdbc.sql("select %s from (select ? as stored) row".formatted(
                    StoredForm.moved("stored", String.valueOf(job.getVersion() + 1), "?")))
                    .param(JobWriter.state(state)).param(JobWriter.write(job)).query(String.class).single();

            assertThat(JobWriter.write(JobReader.read(moved))).as("seed %d", seed)
                    .isEqualTo(JobWriter.write(with(job, state)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.000000001S", "PT-0.01S", "PT-1S", "PT-3600.5S", "PT0S", "PT1.5S"})
    void keepsTimesThatAreNegativeWhereClocksDiffer(Duration duration) {
        var job = with(new RandomJob(new Random(1)).makeUsual(), new SucceededState(duration, duration));

        SucceededState read = JobReader.read(JobWriter.write(job)).getJobState();

        assertThat(read.getLatencyDuration()).isEqualTo(duration);
        assertThat(read.getProcessDuration()).isEqualTo(duration);
    }

    @Test
    void isWhatTheRowOfAJobHoldsThatHasRun() {
        var quiet = queue.enqueue(new RingBell(902));
        await(quiet, State.SUCCEEDED);

        var row = row(quiet);
        assertThat(StoredForm.is(row)).as(row).isTrue();
        var job = JobReader.read(row);
        assertThat(row.replaceAll("\\{\"v\":[12],", "{")).isEqualTo(JobWriter.write(job));
        assertThat(job.getVersion()).isEqualTo(3).isEqualTo(
                jdbc.sql("select version from millrace_jobs.jobrunr_jobs where id = ?").param(quiet.toString())
                        .query(Integer.class).single());
        assertThat(job.getJobStates()).extracting(state -> state.getName().name()).containsExactly("ENQUEUED",
                "PROCESSING", "SUCCEEDED");
    }

    /** As where an API is upgraded before its workers. */
    @Test
    void keepsWhatANewerVersionSaysOfAJob() {
        var known = JobWriter.write(new RandomJob(new Random(1)).makeUsual());
        var newer = with(known, "\"colour\":\"re\\\"d\",\"weight\":-1.5e3,\"fragile\":true,\"box\":null");

        assertThat(JobWriter.write(JobReader.read(newer))).isEqualTo(newer);
        assertThatThrownBy(() -> JobReader.read(with(known, "\"important\":{\"is\":\"this\"}")))
                .isInstanceOf(UnusualJob.class);
    }

    @Test
    void runsAJobThatANewerVersionWrote() {
        var id = queue.enqueue(new RingBell(904),
                EnqueueOptions.DEFAULTS.withRunAt(Instant.now().plusSeconds(3600)));
        jdbc.sql("""
                 update millrace_jobs.jobrunr_jobs
                 set jobAsJson = overlay(jobAsJson placing ',"colour":"red"' from position(e'}\\n' in jobAsJson) for 0),
                     scheduledAt = now() at time zone 'UTC'
                 where id = ?
                 """).param(id.toString()).update();
        wakeUp.workers();

        await(id, State.SUCCEEDED);

        assertThat(row(id)).contains("\"colour\":\"red\"");
    }

    @Test
    void runsAJobWhoseRowHoldsJobRunrsJson() {
        var id = UUID.randomUUID();
        var job = SealedJob.of(id, new EnqueuedJob("ship-order", 1, "default", 0, 3,
                "{\"orderId\":903,\"address\":\"somewhere\"}"), new EnqueuedState(), List.of());
        jdbc.sql(
                """
                insert into millrace_jobs.jobrunr_jobs (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, type)
                values (?, 0, ?, 'x', 'ENQUEUED', now(), now(), 'ship-order')
                """)
                .param(id.toString()).param(new JobMapper(jobRunrs).serializeJob(job)).update();
        wakeUp.workers();

        assertThat(await(id, State.SUCCEEDED).attempt()).isEqualTo(1);
    }

    private String row(UUID id) {
        return jdbc.sql("select jobAsJson from millrace_jobs.jobrunr_jobs where id = ?").param(id.toString())
                .query(String.class).single();
    }

    private static String with(String stored, String fields) {
        int end = stored.indexOf("}\n");
        return stored.substring(0, end) + "," + fields + stored.substring(end);
    }

    private static Job with(Job job, JobState state) {
        var history = new ArrayList<>(job.getJobStates());
        history.add(state);
        var moved = new Job(job.getId(), job.getVersion() + 1, job.getJobDetails(), history,
                new ConcurrentHashMap<>(job.getMetadata()));
        moved.setJobName(job.getJobName());
        moved.setAmountOfRetries(job.getAmountOfRetries());
        moved.setLabels(job.getLabels());
        job.getRecurringJobId().ifPresent(moved::setRecurringJobId);
        return moved;
    }
}
