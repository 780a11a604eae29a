package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.context.JobDashboardProgressBar;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.CarbonAwareAwaitingState;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Our JSON of jobs beside that of JobRunr's own mapper. */
class JobJsonTest {

    private final org.jobrunr.utils.mapper.JsonMapper format = new JobsAutoConfiguration().jobRunrJsonMapper();
    private final JobMapper stock = new JobMapper(format);
    private final JobMapper ours = new JobJson(format);

    @Test
    void readsBackAnyJobItWroteAsJobRunrDoes() {
        for (int seed = 0; seed < 400; seed++) {
            var job = new RandomJob(new Random(seed)).make();

            assertThat(fields(ours.deserializeJob(ours.serializeJob(job)))).as("seed %d", seed)
                    .isEqualTo(fields(stock.deserializeJob(stock.serializeJob(job))));
        }
    }

    @Test
    void readsTheJsonOfJobRunr() {
        for (int seed = 0; seed < 400; seed++) {
            var json = stock.serializeJob(new RandomJob(new Random(seed)).make());

            assertThat(fields(ours.deserializeJob(json))).as("seed %d", seed)
                    .isEqualTo(fields(stock.deserializeJob(json)));
        }
    }

    @Test
    void writesTheUsualShapeInAFractionOfTheSpace() {
        var job = SealedJob.of(UUID.randomUUID(), new EnqueuedJob("t", 1, "q", 0, 1, "{}"),
                new EnqueuedState(), List.of());

        assertThat(ours.serializeJob(job)).startsWith("{\"job\":\"")
                .hasSizeLessThan(stock.serializeJob(job).length() / 3);
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void leavesTheUnusualToJobRunr(Job job) {
        var json = stock.serializeJob(job);

        assertThat(ours.serializeJob(job)).isEqualTo(json);
        assertThat(fields(ours.deserializeJob(json))).isEqualTo(fields(stock.deserializeJob(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"no\": \"job\"}", "{\"no\": \"job", "{\"job\":1}",
            "{\"job\":\"00000000-0000-0000-0000-000000000000\",\"type\":\"t\",\"queue\":\"q\",\"payload\":\"{}\"}"})
    void refusesWhatIsNoJob(String json) {
        assertThatThrownBy(() -> ours.deserializeJob(json)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void refusesAStateOfAnotherShape() {
        var json = ours.serializeJob(new RandomJob(new Random(2)).makeUsual()).replaceFirst("\"ENQUEUED\":",
                "\"newer\":1,\"ENQUEUED\":");

        assertThatThrownBy(() -> ours.deserializeJob(json)).isInstanceOf(UnusualJob.class);
    }

    static Stream<Job> unusual() {
        var envelope = new EnqueuedJob("t", 1, "q", 0, 1, "{}");
        var enqueued = SealedJob.of(UUID.randomUUID(), envelope, new EnqueuedState(), List.of());
        var foreign = new Job(new JobDetails("java.lang.System", "out", "println",
                List.of(new JobParameter(String.class, "hello"))));
        var waiting = SealedJob.of(UUID.randomUUID(), envelope,
                new CarbonAwareAwaitingState(null, Instant.EPOCH, Instant.EPOCH, "why"), List.of());
        new JobDashboardProgressBar(enqueued, 10L).incrementSucceeded();
        return Stream.of(enqueued, foreign, waiting);
    }

    /** Everything a job holds, by another way than either mapper's. */
    private static Object fields(Job job) {
        var mapper = JsonMapper.builder().build();
        return mapper.readTree(new JobMapper(new JobsAutoConfiguration().jobRunrJsonMapper()).serializeJob(job)) + " "
                + job.getJobStates().stream().map(JobState::getUpdatedAt).toList() + job.hasStateChange()
                + job.getMetadata().getClass() + job.getJobDetails().getJobParameters().getFirst().getObject();
    }
}
