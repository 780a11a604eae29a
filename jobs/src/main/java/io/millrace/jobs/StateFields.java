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

/** The fields of one state of a job's history, as texts. Every field has to be asked for: one left over is unusual. */
final class StateFields {

    private final Map<String, String> fields = HashMap.newHashMap(8);

    void put(String field, String value) {
        fields.put(field, value);
    }

    JobState read() {
        var type = needed("@class");
        UnusualJob.unless(type.startsWith(JobWriter.STATES));
        var createdAt = time("createdAt");
        JobState state = switch (type.substring(JobWriter.STATES.length())) {
            case "EnqueuedState" -> new EnqueuedState(createdAt);
            case "ScheduledState" -> new ScheduledState(time("scheduledAt"), optional("reason"), createdAt);
            case "ProcessingState" -> new ProcessingState(UUID.fromString(needed("serverId")), optional("serverName"),
                    createdAt, time("updatedAt"));
            case "SucceededState" ->
                new SucceededState(duration("latencyDuration"), duration("processDuration"), createdAt);
            case "FailedState" -> failed(createdAt);
            case "DeletedState" -> new DeletedState(optional("reason"), createdAt);
            default -> throw new UnusualJob();
        };
        UnusualJob.unless(state.getName().name().equals(needed("state")) && fields.isEmpty());
        return state;
    }

    private FailedState failed(Instant createdAt) {
        var doNotRetry = needed("doNotRetry");
        UnusualJob.unless(doNotRetry.equals("true") || doNotRetry.equals("false"));
        return new FailedState(optional("message"), optional("exceptionType"), optional("exceptionMessage"),
                optional("exceptionCauseType"), optional("exceptionCauseMessage"), optional("stackTrace"),
                doNotRetry.equals("true"), createdAt);
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

    /** Negative ones JobRunr reads in a way of its own. */
    private Duration duration(String field) {
        var seconds = new BigDecimal(needed(field));
        UnusualJob.unless(seconds.signum() >= 0);
        return Duration.ofSeconds(seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }
}
