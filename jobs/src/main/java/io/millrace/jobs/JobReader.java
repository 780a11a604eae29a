package io.millrace.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.states.JobState;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a {@link StoredForm}: the fields of the job in any order, those of a state behind its name and time. A field of the job that is not known is a newer
 * version's: it is kept if it is a text, a number or a boolean; anything else makes the job unreadable.
 */
final class JobReader {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser json;
    private final Map<String, String> texts = HashMap.newHashMap(8);
    private int version = -1;
    private int payloadVersion;
    private int priority;
    private int maxAttempts;
    private @Nullable Long timeLimit;
    private Optional<Integer> retries = Optional.empty();
    private boolean retriesSaid;
    private boolean nameless;
    private final StringBuilder unknown = new StringBuilder(0);
    private final List<JobState> history = new ArrayList<>();
    private List<String> labels = List.of();
    private final ConcurrentMap<String, Object> metadata = new ConcurrentHashMap<>();

    private JobReader(JsonParser json) {
        this.json = json;
    }

    /**
     * The job in {@code text}.
     *
     * @throws RuntimeException
     *             if it is no stored form of a job
     */
    static Job read(String text) {
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JobReader(json).job();
        }
    }

    private Job job() {
        next(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            field(json.currentName());
        }
        history();
        UnusualJob.unless(version >= 0 && !history.isEmpty());
        var enqueued = new EnqueuedJob(needed("type"), payloadVersion, needed("queue"), priority, maxAttempts,
                timeLimit, texts.get("enqueuedBy"), texts.get("traceparent"), needed("payload"));
        var job = new Job(UUID.fromString(needed(StoredForm.ID)), version, details(enqueued), history, metadata);
        job.setJobName(nameless ? null : texts.getOrDefault("name", enqueued.type()));
        job.setAmountOfRetries(retriesSaid ? retries.orElse(null) : Integer.valueOf(maxAttempts - 1));
        job.setLabels(labels);
        job.setRecurringJobId(texts.get("recurringJobId"));
        return job;
    }

    private JobDetails details(EnqueuedJob enqueued) {
        var details = new JobDetails(JobWriter.ENTRY, null, "run",
                List.of(new StoredEnvelope(enqueued, version, history.size(), !metadata.isEmpty(),
                        unknown.toString())));
        details.setCacheable(false);
        return details;
    }

    private void field(String field) {
        switch (field) {
            case StoredForm.ID, "type", "queue", "payload", "recurringJobId", "enqueuedBy", "traceparent" ->
                texts.put(field, text());
            case "payloadVersion" -> payloadVersion = number();
            case "priority" -> priority = number();
            case "maxAttempts" -> maxAttempts = number();
            case "timeLimitMillis" -> timeLimit = longNumber();
            case "name" -> name();
            case "retries" -> retries();
            case "labels" -> labels = labels();
            case "metadata" -> metadata();
            default -> unknown(field);
        }
    }

    private void unknown(String field) {
        var value = json.nextToken();
        UnusualJob.unless(value.isScalarValue());
        unknown.append(',');
        var text = new StoredText(unknown);
        text.quoted(field);
        text.raw(":");
        if (value == JsonToken.VALUE_STRING) {
            text.quoted(json.getString());
        } else {
            text.raw(json.getString());
        }
    }

    private void name() {
        nameless = json.nextToken() == JsonToken.VALUE_NULL;
        if (!nameless) {
            UnusualJob.unless(json.currentToken() == JsonToken.VALUE_STRING);
            texts.put("name", json.getString());
        }
    }

    private void retries() {
        retriesSaid = true;
        if (json.nextToken() != JsonToken.VALUE_NULL) {
            UnusualJob.unless(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
            retries = Optional.of(json.getIntValue());
        }
    }

    private void history() {
        var token = json.nextToken();
        while (token == JsonToken.START_OBJECT) {
            state();
            token = json.nextToken();
        }
        UnusualJob.unless(token == null);
    }

    private void state() {
        next(JsonToken.PROPERTY_NAME);
        if (json.currentName().equals(StoredForm.VERSION)) {
            version = number();
            next(JsonToken.PROPERTY_NAME);
        }
        var state = new StateFields(json.currentName(), text());
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var field = json.currentName();
            var value = json.nextToken();
            UnusualJob.unless(value.isScalarValue() && value != JsonToken.VALUE_NULL);
            state.put(field, json.getString());
        }
        history.add(state.read());
    }

    private void metadata() {
        next(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            metadata.put(json.currentName(), text());
        }
    }

    private List<String> labels() {
        next(JsonToken.START_ARRAY);
        var read = new ArrayList<String>(3);
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            read.add(json.getString());
        }
        return read;
    }

    private String needed(String field) {
        return UnusualJob.unlessThere(texts.get(field));
    }

    private void next(JsonToken expected) {
        UnusualJob.unless(json.nextToken() == expected);
    }

    private String text() {
        next(JsonToken.VALUE_STRING);
        return json.getString();
    }

    private long longNumber() {
        next(JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private int number() {
        next(JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }
}
