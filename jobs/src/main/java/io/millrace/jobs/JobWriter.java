package io.millrace.jobs;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

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
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import io.millrace.jobs.json.InstantText;

/** Writes the usual shape of a job, field by field as JobRunr's mapper does. */
record JobWriter(JsonGenerator json) {

    static final JsonFactory FACTORY = new JsonFactory();
    static final String ENTRY = JobRunner.class.getName();
    static final String ENVELOPE = EnqueuedJob.class.getName();
    static final String METADATA = "java.util.concurrent.ConcurrentHashMap";
    static final String STATES = EnqueuedState.class.getPackageName() + ".";

    private static final int USUAL_LENGTH = 2_048;

    /**
     * The job as JSON.
     *
     * @throws RuntimeException
     *             if the job is of an unusual shape
     */
    static String write(Job job) {
        var text = new StringWriter(USUAL_LENGTH);
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            new JobWriter(json).job(job);
        }
        return text.toString();
    }

    private void job(Job job) {
        json.writeStartObject();
        json.writeStringProperty("id", job.getId().toString());
        json.writeNumberProperty("version", job.getVersion());
        details(job.getJobDetails());
        json.writeArrayPropertyStart("jobHistory");
        job.getJobStates().forEach(this::state);
        json.writeEndArray();
        metadata(job.getMetadata());
        if (job.getAmountOfRetries() != null) {
            json.writeNumberProperty("amountOfRetries", job.getAmountOfRetries());
        }
        text("jobName", job.getJobName());
        text("jobSignature", job.getJobSignature());
        json.writeArrayPropertyStart("labels");
        job.getLabels().forEach(json::writeString);
        json.writeEndArray();
        text("recurringJobId", job.getRecurringJobId().orElse(null));
        json.writeEndObject();
    }

    private void details(JobDetails details) {
        UnusualJob.unless(details.getClassName().equals(ENTRY) && !details.hasStaticFieldName()
                && details.getJobParameters().size() == 1);
        var parameter = details.getJobParameters().getFirst();
        UnusualJob.unless(parameter.getClassName().equals(ENVELOPE) && parameter.getActualClassName().equals(ENVELOPE)
                && parameter.getObject() instanceof EnqueuedJob);
        json.writeObjectPropertyStart("jobDetails");
        text("className", ENTRY);
        text("methodName", details.getMethodName());
        json.writeArrayPropertyStart("jobParameters");
        json.writeStartObject();
        text("className", ENVELOPE);
        text("actualClassName", ENVELOPE);
        envelope((EnqueuedJob) parameter.getObject());
        json.writeEndObject();
        json.writeEndArray();
        if (details.getCacheable() != null) {
            json.writeBooleanProperty("cacheable", details.getCacheable());
        }
        json.writeEndObject();
    }

    private void envelope(EnqueuedJob enqueued) {
        json.writeObjectPropertyStart("object");
        text("type", enqueued.type());
        json.writeNumberProperty("version", enqueued.version());
        text("queue", enqueued.queue());
        json.writeNumberProperty("priority", enqueued.priority());
        json.writeNumberProperty("maxAttempts", enqueued.maxAttempts());
        text("payload", enqueued.payload());
        json.writeEndObject();
    }

    private void metadata(Map<String, Object> metadata) {
        json.writeObjectPropertyStart("metadata");
        text("@class", METADATA);
        metadata.forEach((name, value) -> {
            UnusualJob.unless(value instanceof String);
            text(name, (String) value);
        });
        json.writeEndObject();
    }

    /** The fields of a state by their names, as JobRunr's mapper sorts them. */
    private void state(JobState state) {
        json.writeStartObject();
        text("@class", state.getClass().getName());
        time("createdAt", state.getCreatedAt());
        switch (state) {
            case EnqueuedState _ -> text("state", "ENQUEUED");
            case ScheduledState scheduled -> scheduled(scheduled);
            case ProcessingState processing -> processing(processing);
            case SucceededState succeeded -> succeeded(succeeded);
            case FailedState failed -> failed(failed);
            case DeletedState deleted -> {
                text("reason", deleted.getReason());
                text("state", "DELETED");
            }
            default -> throw new UnusualJob();
        }
        json.writeEndObject();
    }

    private void scheduled(ScheduledState scheduled) {
        text("reason", scheduled.getReason());
        time("scheduledAt", scheduled.getScheduledAt());
        text("state", "SCHEDULED");
    }

    private void processing(ProcessingState processing) {
        text("serverId", processing.getServerId() == null ? null : processing.getServerId().toString());
        text("serverName", processing.getServerName());
        text("state", "PROCESSING");
        time("updatedAt", processing.getUpdatedAt());
    }

    private void succeeded(SucceededState succeeded) {
        duration("latencyDuration", succeeded.getLatencyDuration());
        duration("processDuration", succeeded.getProcessDuration());
        text("state", "SUCCEEDED");
    }

    private void failed(FailedState failed) {
        json.writeBooleanProperty("doNotRetry", failed.mustNotRetry());
        text("exceptionCauseMessage", failed.getExceptionCauseMessage());
        text("exceptionCauseType", failed.getExceptionCauseType());
        text("exceptionMessage", failed.getExceptionMessage());
        text("exceptionType", failed.getExceptionType());
        text("message", failed.getMessage());
        text("stackTrace", failed.getStackTrace());
        text("state", "FAILED");
    }

    private void text(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private void time(String name, @Nullable Instant value) {
        if (value != null) {
            json.writeStringProperty(name, InstantText.of(value));
        }
    }

    private void duration(String name, Duration value) {
        json.writeName(name);
        json.writeNumber(BigDecimal.valueOf(value.getSeconds()).add(BigDecimal.valueOf(value.getNano(), 9)).toString());
    }
}
