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

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobDashboardLogger;
import org.jobrunr.jobs.context.JobDashboardProgressBar;
import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.SucceededState;

/** Jobs of any shape, their texts odd now and then; of the same seed the same, but for their ids. */
record RandomJob(Random random) {

    private static final String ODD = "té\"\\/\b\f\n\r\t\u0001\u007f\u2028<'😀";

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
                maybe(() -> random.nextLong(600_000)), maybe(this::text),
                maybe(this::text), text());
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

    JobState state() {
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
