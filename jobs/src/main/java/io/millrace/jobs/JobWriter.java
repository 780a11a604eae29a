package io.millrace.jobs;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.SucceededState;
import org.jspecify.annotations.Nullable;

/** Writes a job of the engine's own in its {@link StoredForm}. */
final class JobWriter {

    static final String ENTRY = JobRunner.class.getName();
    static final String ENVELOPE = EnqueuedJob.class.getName();
    /** What JobRunr calls the signature of every job of ours. */
    static final String SIGNATURE = "%s.run(%s)".formatted(ENTRY, ENVELOPE);

    private static final int LENGTH_WITHOUT_PAYLOAD = 640;

    private final StoredText json;

    private JobWriter(int payload) {
        this.json = new StoredText(new StringBuilder(LENGTH_WITHOUT_PAYLOAD + payload * 5 / 4));
    }

    /**
     * The job as JSON.
     *
     * @throws RuntimeException
     *             if the job is of an unusual shape
     */
    static String write(Job job) {
        var enqueued = Envelope.of(job).orElseThrow(UnusualJob::new);
        UnusualJob.unless(isUsual(job.getJobDetails()));
        var writer = new JobWriter(enqueued.payload().length());
        writer.head(job.getId(), enqueued);
        writer.details(job, enqueued);
        writer.json.raw(StoredEnvelope.unknownFields(job)).raw("}");
        var states = job.getJobStates();
        for (int i = 0; i < states.size(); i++) {
            writer.json.raw("\n{");
            if (i == states.size() - 1) {
                writer.json.number(StoredForm.VERSION, job.getVersion());
            }
            writer.stateFields(states.get(i));
        }
        return writer.text();
    }

    /** A job that has not been anywhere yet. */
    static String write(NewJobRow job, int version) {
        var writer = new JobWriter(job.enqueued().payload().length());
        writer.head(job.id(), job.enqueued());
        writer.labels(job.labels());
        writer.json.raw("}\n{").number(StoredForm.VERSION, version).time(job.state(), job.createdAt())
                .time("for", job.runAt()).raw("}");
        return writer.text();
    }

    /** The line of one state, from behind its version. */
    static String state(JobState state) {
        var writer = new JobWriter(0);
        writer.stateFields(state);
        return writer.text();
    }

    /** The same, or null for a state that has no such line. */
    static @Nullable String tryState(JobState state) {
        try {
            return state(state);
        } catch (UnusualJob e) {
            return null;
        }
    }

    private static boolean isUsual(JobDetails details) {
        return details.getClassName().equals(ENTRY) && details.getMethodName().equals("run")
                && !details.hasStaticFieldName() && details.getJobParameters().size() == 1;
    }

    private void head(UUID id, EnqueuedJob enqueued) {
        json.raw("{").text(StoredForm.ID, id.toString()).text("type", enqueued.type())
                .number("payloadVersion", enqueued.version()).text("queue", enqueued.queue())
                .number("priority", enqueued.priority()).number("maxAttempts", enqueued.maxAttempts())
                .text("enqueuedBy", enqueued.enqueuedBy()).text("traceparent", enqueued.traceparent());
        Long timeLimit = enqueued.timeLimitMillis();
        if (timeLimit != null) {
            json.number("timeLimitMillis", timeLimit);
        }
        json.text("payload", enqueued.payload());
    }

    private void details(Job job, EnqueuedJob enqueued) {
        if (!enqueued.type().equals(job.getJobName())) {
            orNull("name", job.getJobName());
        }
        Integer retries = job.getAmountOfRetries();
        if (retries == null || retries != enqueued.maxAttempts() - 1) {
            json.name("retries").json().append(retries);
        }
        labels(job.getLabels());
        metadata(job.getMetadata());
        json.text("recurringJobId", job.getRecurringJobId().orElse(null));
    }

    private void orNull(String name, @Nullable String value) {
        if (value == null) {
            json.name(name).raw("null");
        } else {
            json.text(name, value);
        }
    }

    private void labels(Collection<String> labels) {
        if (!labels.isEmpty()) {
            json.name("labels").raw("[");
            String separator = "";
            for (String label : labels) {
                json.raw(separator).quoted(label);
                separator = ",";
            }
            json.raw("]");
        }
    }

    private void metadata(Map<String, Object> metadata) {
        if (!metadata.isEmpty()) {
            json.name("metadata").raw("{");
            metadata.forEach((name, value) -> {
                UnusualJob.unless(value instanceof String);
                json.raw(json.json().charAt(json.json().length() - 1) == '{' ? "" : ",").quoted(name);
                json.raw(":").quoted((String) value);
            });
            json.raw("}");
        }
    }

    private void stateFields(JobState state) {
        json.time(state.getName().name(), state.getCreatedAt());
        switch (state) {
            case EnqueuedState _ -> {
                // it has nothing but its time
            }
            case ScheduledState scheduled ->
                json.time("for", scheduled.getScheduledAt()).text("reason", scheduled.getReason());
            case ProcessingState processing -> processing(processing);
            case SucceededState succeeded -> json.seconds("latency", succeeded.getLatencyDuration())
                    .seconds("duration", succeeded.getProcessDuration());
            case FailedState failed -> failed(failed);
            case DeletedState deleted -> json.text("reason", deleted.getReason());
            default -> throw new UnusualJob();
        }
        json.raw("}");
    }

    private void processing(ProcessingState processing) {
        json.text("server", UnusualJob.unlessThere(processing.getServerId()).toString()).text("serverName",
                processing.getServerName());
        Instant seen = processing.getUpdatedAt();
        if (!processing.getCreatedAt().equals(seen)) {
            json.time("seen", seen);
        }
    }

    private void failed(FailedState failed) {
        json.text("message", failed.getMessage()).text("exceptionType", failed.getExceptionType())
                .text("exceptionMessage", failed.getExceptionMessage())
                .text("exceptionCauseType", failed.getExceptionCauseType())
                .text("exceptionCauseMessage", failed.getExceptionCauseMessage())
                .text("stackTrace", failed.getStackTrace());
        if (failed.mustNotRetry()) {
            json.name("doNotRetry").raw("true");
        }
    }

    private String text() {
        return json.json().toString();
    }
}
