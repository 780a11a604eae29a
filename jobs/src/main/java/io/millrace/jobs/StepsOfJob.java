package io.millrace.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.context.JobDashboardLogger;
import org.jobrunr.jobs.context.JobDashboardLogger.JobDashboardLogLines;
import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.StateName;
import org.jspecify.annotations.Nullable;

/** JobRunr's history of a job, read as the steps of a {@link JobStory}. */
final class StepsOfJob {

    private static final int LONGEST_MESSAGE = 4_000;
    private static final int LONGEST_TRACE = 16_000;
    private static final String LOG = JobDashboardLogger.JOBRUNR_LOG_KEY + "-";

    private final Job job;
    private final List<JobStory.Step> steps = new ArrayList<>();
    /** By the place of the run in the history, from 1. */
    private final Map<Integer, Integer> attempts = new HashMap<>();

    StepsOfJob(Job job) {
        this.job = job;
        var history = job.getJobStates();
        int attempt = 0;
        boolean sameAgain = false;
        for (int i = 0; i < history.size(); i++) {
            var state = history.get(i);
            if (SincePutBack.begins(history, i)) {
                attempt = 0;
                sameAgain = false;
            } else if (state.getName() == StateName.PROCESSING) {
                attempt += sameAgain ? 0 : 1;
                sameAgain = false;
                attempts.put(i + 1, attempt);
            } else if (WorkerCrashed.is(state)) {
                sameAgain = true;
            }
            steps.add(step(state, i + 1 < history.size() ? history.get(i + 1) : null, attempt));
        }
    }

    List<JobStory.Step> all() {
        return steps;
    }

    Map<Integer, Integer> attempts() {
        return attempts;
    }

    /** What a job that something else has stored has said: JobRunr keeps it in the job itself. */
    List<JobStory.LogLine> logOfJobRunr() {
        var log = new ArrayList<JobStory.LogLine>();
        job.getMetadata().forEach((name, value) -> {
            if (name.startsWith(LOG) && value instanceof JobDashboardLogLines said) {
                int attempt = attempts.getOrDefault(placeOf(name), 0);
                int line = 0;
                for (var one : said.getLogLines()) {
                    log.add(new JobStory.LogLine(attempt, ++line, one.getLogInstant(), one.getLogMessage()));
                }
            }
        });
        log.sort(Comparator.comparing(JobStory.LogLine::at));
        return log;
    }

    private static int placeOf(String name) {
        var place = name.substring(LOG.length());
        return place.matches("\\d{1,9}") ? Integer.parseInt(place) : 0;
    }

    private static JobStory.Step step(JobState state, @Nullable JobState next, int attempt) {
        var failed = state instanceof FailedState failure ? failure : null;
        return new JobStory.Step(JobHistory.state(state.getName()), state.getCreatedAt(), took(state, next),
                state instanceof ProcessingState run ? run.getServerName() : null, attempt,
                failed == null ? null : error(failed), failed == null ? null : trace(failed.getStackTrace()),
                reason(state));
    }

    /** Each is by the clock of its writer. */
    private static @Nullable Duration took(JobState state, @Nullable JobState next) {
        if (next == null) {
            return null;
        }
        var took = Duration.between(state.getCreatedAt(), next.getCreatedAt());
        return took.isNegative() ? Duration.ZERO : took;
    }

    private static JobStatus.Failure error(FailedState failed) {
        var failure = JobHistory.failure(failed);
        return new JobStatus.Failure(failure.type(), start(failure.message(), LONGEST_MESSAGE));
    }

    private static @Nullable String trace(@Nullable String trace) {
        return trace == null || trace.isEmpty() ? null : start(trace, LONGEST_TRACE);
    }

    private static @Nullable String reason(JobState state) {
        return switch (state) {
            case ScheduledState scheduled -> scheduled.getReason();
            case DeletedState deleted -> deleted.getReason();
            default -> null;
        };
    }

    private static String start(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "… (" + text.length() + " characters)";
    }
}
