package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.context.JobDashboardLogger;
import org.jobrunr.jobs.context.JobDashboardProgressBar;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.CarbonAwareAwaitingState;
import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.SucceededState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Our JSON of jobs beside that of JobRunr's own mapper. */
class JobJsonTest {

    private static final String ODD = "té\"\\/\b\f\n\r\t\u0001\u007f\u2028<'😀";

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

        assertThat(ours.serializeJob(job)).startsWith("{\"v\":0,")
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
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"no\": \"job\"}", "{\"no\": \"job", "{\"v\":1}",
            "{\"v\":1,\"id\":\"00000000-0000-0000-0000-000000000000\",\"history\":[]}"})
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

    private record RandomJob(Random random) {

        Job make() {
            var job = makeUsual();
            if (random.nextInt(4) == 0) {
                new JobDashboardProgressBar(job, 10L).incrementSucceeded();
            } else if (random.nextInt(4) == 0) {
                new JobDashboardLogger(job).info("half way");
            }
            return job;
        }

        Job makeUsual() {
            var envelope = new EnqueuedJob(text(), random.nextInt(9), text(), random.nextInt(-9, 9), random.nextInt(9),
                    text());
            var history = new ArrayList<JobState>(List.of(new EnqueuedState(time())));
            IntStream.range(0, random.nextInt(12)).forEach(_ -> history.add(state()));
            var metadata = new ConcurrentHashMap<String, Object>();
            if (random.nextInt(3) == 0) {
                metadata.put("mdc-" + text(), text());
            }
            var like = SealedJob.of(UUID.randomUUID(), envelope, history.getFirst(), List.of());
            var job = new Job(like.getId(), random.nextInt(5), like.getJobDetails(), history, metadata);
            job.setJobName(maybe(this::text));
            job.setAmountOfRetries(maybe(() -> random.nextInt(5)));
            job.setLabels(random.nextBoolean() ? List.of() : List.of("a", text()));
            job.setRecurringJobId(maybe(this::text));
            return job;
        }

        private JobState state() {
            return switch (random.nextInt(6)) {
                case 0 -> new EnqueuedState(time());
                case 1 -> new ScheduledState(time(), maybe(this::text), time());
                case 2 -> new ProcessingState(UUID.randomUUID(), maybe(this::text), time(), time());
                case 3 -> new SucceededState(duration(), duration(), time());
                case 4 -> new FailedState(text(), text(), maybe(this::text), maybe(this::text), maybe(this::text),
                        text(), random.nextBoolean(), time());
                default -> new DeletedState(maybe(this::text), time());
            };
        }

        private String text() {
            return random.nextInt(5) == 0 ? ODD : "text" + random.nextInt();
        }

        private Instant time() {
            int[] units = {1, 1_000, 1_000_000, 1_000_000_000};
            int unit = units[random.nextInt(4)];
            return Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L),
                    (long) random.nextInt(1_000_000_000) / unit * unit);
        }

        private Duration duration() {
            Function<Long, Duration> unit = random.nextBoolean() ? Duration::ofNanos : Duration::ofMillis;
            return unit.apply(random.nextLong(random.nextInt(8) == 0 ? 5 : 100_000_000_000L));
        }

        private <T> @org.jspecify.annotations.Nullable T maybe(Supplier<T> value) {
            return random.nextBoolean() ? value.get() : null;
        }
    }
}
