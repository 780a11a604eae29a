package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.JobState;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Reads the usual shape of a job, its fields in any order. */
final class JobReader {

    private final JsonParser json;
    private @Nullable UUID id;
    private int version = -1;
    private @Nullable JobDetails details;
    private List<JobState> history = List.of();
    private ConcurrentMap<String, Object> metadata = new ConcurrentHashMap<>();
    private @Nullable Integer retries;
    private @Nullable String name;
    private @Nullable String signature;
    private List<String> labels = List.of();
    private @Nullable String recurringJobId;

    private JobReader(JsonParser json) {
        this.json = json;
    }

    /**
     * The job in {@code text}.
     *
     * @throws RuntimeException
     *             if it is of an unusual shape, or no job at all
     */
    static Job read(String text) {
        try (var json = JobWriter.FACTORY.createParser(ObjectReadContext.empty(), text)) {
            var job = new JobReader(json).job();
            UnusualJob.unless(json.nextToken() == null);
            return job;
        }
    }

    private Job job() {
        next(JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            field(json.currentName());
        }
        UnusualJob.unless(version >= 0 && !history.isEmpty());
        var job = new Job(UnusualJob.unlessThere(id), version, UnusualJob.unlessThere(details), history, metadata);
        UnusualJob.unless(job.getJobSignature().equals(signature));
        job.setJobName(name);
        job.setAmountOfRetries(retries);
        job.setLabels(labels);
        job.setRecurringJobId(recurringJobId);
        return job;
    }

    private void field(String field) {
        switch (field) {
            case "id" -> id = UUID.fromString(text());
            case "version" -> version = number();
            case "jobDetails" -> details = details();
            case "jobHistory" -> history = history();
            case "metadata" -> metadata = metadata();
            case "amountOfRetries" -> retries = number();
            case "jobName" -> name = text();
            case "jobSignature" -> signature = text();
            case "labels" -> labels = labels();
            case "recurringJobId" -> recurringJobId = text();
            default -> UnusualJob.unless(false);
        }
    }

    private JobDetails details() {
        next(JsonToken.START_OBJECT);
        expect("className", JobWriter.ENTRY);
        expect("methodName", "run");
        name("jobParameters");
        next(JsonToken.START_ARRAY);
        next(JsonToken.START_OBJECT);
        expect("className", JobWriter.ENVELOPE);
        expect("actualClassName", JobWriter.ENVELOPE);
        name("object");
        var read = new JobDetails(JobWriter.ENTRY, null, "run",
                List.of(new JobParameter(JobWriter.ENVELOPE, JobWriter.ENVELOPE, envelope())));
        next(JsonToken.END_OBJECT);
        next(JsonToken.END_ARRAY);
        name("cacheable");
        read.setCacheable(bool());
        next(JsonToken.END_OBJECT);
        return read;
    }

    private EnqueuedJob envelope() {
        next(JsonToken.START_OBJECT);
        name("type");
        var type = text();
        name("version");
        int payloadVersion = number();
        name("queue");
        var queue = text();
        name("priority");
        int priority = number();
        name("maxAttempts");
        int maxAttempts = number();
        name("payload");
        var payload = text();
        next(JsonToken.END_OBJECT);
        return new EnqueuedJob(type, payloadVersion, queue, priority, maxAttempts, payload);
    }

    private List<JobState> history() {
        next(JsonToken.START_ARRAY);
        var states = new ArrayList<JobState>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            var state = new StateFields();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var field = json.currentName();
                var value = json.nextToken();
                UnusualJob.unless(value.isScalarValue() && value != JsonToken.VALUE_NULL);
                state.put(field, json.getString());
            }
            states.add(state.read());
        }
        return states;
    }

    private ConcurrentMap<String, Object> metadata() {
        next(JsonToken.START_OBJECT);
        expect("@class", JobWriter.METADATA);
        var read = new ConcurrentHashMap<String, Object>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            read.put(json.currentName(), text());
        }
        return read;
    }

    private List<String> labels() {
        next(JsonToken.START_ARRAY);
        var read = new ArrayList<String>(3);
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            read.add(json.getString());
        }
        return read;
    }

    private void next(JsonToken expected) {
        UnusualJob.unless(json.nextToken() == expected);
    }

    private void name(String expected) {
        UnusualJob.unless(expected.equals(json.nextName()));
    }

    private void expect(String field, String value) {
        name(field);
        UnusualJob.unless(text().equals(value));
    }

    private String text() {
        next(JsonToken.VALUE_STRING);
        return json.getString();
    }

    private boolean bool() {
        var token = json.nextToken();
        UnusualJob.unless(token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE);
        return token == JsonToken.VALUE_TRUE;
    }

    private int number() {
        next(JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }
}
