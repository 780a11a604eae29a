package io.millrace.jobs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jobrunr.jobs.states.DeletedState;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.SucceededState;
import org.jspecify.annotations.Nullable;

import io.millrace.jobs.json.InstantText;

/** One state of a history as it is stored. Every field has to be asked for: one left over is unusual. */
final class StateFields {

    private final String state;
    private final Instant createdAt;
    private final Map<String, String> fields = HashMap.newHashMap(8);

    /**
     * @param state
     *            JobRunr's name of it
     */
    StateFields(String state, String createdAt) {
        this.state = state;
        this.createdAt = InstantText.parse(createdAt);
    }

    void put(String field, String value) {
        fields.put(field, value);
    }

    JobState read() {
        JobState read = switch (state) {
            case "ENQUEUED" -> new EnqueuedState(createdAt);
            case "SCHEDULED" -> new ScheduledState(time("for"), optional("reason"), createdAt);
            case "PROCESSING" -> new ProcessingState(UUID.fromString(needed("server")), optional("serverName"),
                    createdAt, fields.containsKey("seen") ? time("seen") : createdAt);
            case "SUCCEEDED" -> new SucceededState(duration("latency"), duration("duration"), createdAt);
            case "FAILED" -> failed();
            case "DELETED" -> new DeletedState(optional("reason"), createdAt);
            default -> throw new UnusualJob();
        };
        UnusualJob.unless(fields.isEmpty());
        return read;
    }

    private FailedState failed() {
        var doNotRetry = optional("doNotRetry");
        UnusualJob.unless(doNotRetry == null || doNotRetry.equals("true"));
        return new FailedState(optional("message"), optional("exceptionType"), optional("exceptionMessage"),
                optional("exceptionCauseType"), optional("exceptionCauseMessage"), optional("stackTrace"),
                doNotRetry != null, createdAt);
    }

    private @Nullable String optional(String field) {
        return fields.remove(field);
    }

    private String needed(String field) {
        return UnusualJob.unlessThere(fields.remove(field));
    }

    private Instant time(String field) {
        return InstantText.parse(needed(field));
    }

    private Duration duration(String field) {
        var seconds = new BigDecimal(needed(field));
        return Duration.ofSeconds(seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }
}
