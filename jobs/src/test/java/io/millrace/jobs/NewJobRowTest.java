package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jobrunr.jobs.JobVersioner;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The row of a new job, beside that of the same job as JobRunr would make it. */
class NewJobRowTest {

    private static final String LETTERS = "az09 \"\\/\b\f\n\r\t\u0001\u001f\u007f\u0085\u00e9\u2028\u2029\ufeff\u4e2d";

    private final JobMapper ours = new JobJson(new JobsAutoConfiguration().jobRunrJsonMapper());
    private final Random random = new Random();

    @RepeatedTest(20)
    void isWrittenAsTheSameJobOfJobRunrsWouldBe(RepetitionInfo round) {
        random.setSeed(round.getCurrentRepetition());
        IntStream.range(0, 500).mapToObj(i -> anyJob()).forEach(job -> assertThat(job.json(1)).isEqualTo(written(job)));
    }

    @RepeatedTest(5)
    void isReadBack(RepetitionInfo round) {
        random.setSeed(round.getCurrentRepetition());
        var job = anyJob();

        var read = ours.deserializeJob(job.json(7));

        assertThat(read.getId()).isEqualTo(job.id());
        assertThat(read.getVersion()).isEqualTo(7);
        assertThat(read.getLabels()).isEqualTo(job.labels());
        assertThat(Envelope.of(read)).contains(job.enqueued());
        assertThat(JobHistory.of(read).scheduledAt()).isEqualTo(job.runAt());
        assertThat(read.getJobSignature()).isEqualTo(JobWriter.SIGNATURE);
        assertThat(ours.serializeJob(read)).isEqualTo(job.json(7));
    }

    @Test
    void namesALabelOnceAsJobRunrDoes() {
        var job = new NewJobRow(new UUID(1, 2), new EnqueuedJob("a", 1, "q", 0, 1, "{}"), List.of("x", "y", "x"),
                Instant.EPOCH, null, null, null);

        assertThat(job.json(1)).isEqualTo(written(job)).contains("\"labels\":[\"x\",\"y\"]}");
    }

    private String written(NewJobRow row) {
        JobState state = row.runAt() == null
                ? new EnqueuedState(row.createdAt())
                : new ScheduledState(row.runAt(), null, row.createdAt());
        var job = SealedJob.of(row.id(), row.enqueued(), state, row.labels());
        try (var version = new JobVersioner(job)) {
            version.commitVersion();
        }
        return ours.serializeJob(job);
    }

    private NewJobRow anyJob() {
        var enqueued = new EnqueuedJob(anyText(20), random.nextInt(), anyText(20), random.nextInt(2_001) - 1_000,
                1 + random.nextInt(100), random.nextBoolean() ? null : random.nextLong(600_000_000),
                random.nextBoolean() ? null : anyText(20), random.nextBoolean() ? null : anyText(20),
                anyText(random.nextInt(50) == 0 ? 10_000 : 200));
        var labels = IntStream.range(0, random.nextInt(4)).mapToObj(i -> i + anyText(10)).toList();
        return new NewJobRow(new UUID(random.nextLong(), random.nextLong()), enqueued, labels, anyTime(),
                anyTimeOrNone(),
                null, null);
    }

    private @Nullable Instant anyTimeOrNone() {
        return random.nextBoolean() ? anyTime() : null;
    }

    private Instant anyTime() {
        long nanos = switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000_000L;
            case 2 -> random.nextInt(1_000_000) * 1_000L;
            default -> random.nextInt(1_000_000_000);
        };
        return Instant.ofEpochSecond(random.nextLong(-10_000_000_000L, 300_000_000_000L), nanos);
    }

    private String anyText(int longest) {
        var text = new StringBuilder();
        for (int length = random.nextInt(longest + 1); length > 0; length--) {
            text.appendCodePoint(random.nextInt(10) == 0
                    ? 0x1F600 + random.nextInt(50)
                    : LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
