package io.millrace.jobs;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * The JSON of a job that has not started yet, byte for byte as JobRunr's mapper writes it (a test compares the two) and at a
 * fraction of its cost: the mapper goes through eight objects by reflection.
 */
final class NewJobJson {

    /** What JobRunr calls the signature of every job of ours. */
    static final String SIGNATURE = "%s.run(%s)".formatted(JobRunner.class.getName(), EnqueuedJob.class.getName());

    private static final String DETAILS = """
                                          ,"jobDetails":{"className":"%s","methodName":"run","jobParameters":[\
                                          {"className":"%2$s","actualClassName":"%2$s","object":{"type":""".formatted(
            JobRunner.class.getName(), EnqueuedJob.class.getName());
    private static final String METADATA = """
                                           }],"metadata":{"@class":"java.util.concurrent.ConcurrentHashMap"},\
                                           "amountOfRetries":""";
    private static final String SIGNED = ",\"jobSignature\":\"" + SIGNATURE + "\",\"labels\":[";
    private static final int LENGTH_WITHOUT_PAYLOAD = 900;

    private final StringBuilder json;

    private NewJobJson(int length) {
        this.json = new StringBuilder(length);
    }

    static String of(NewJobRow job, int version) {
        var writer = new NewJobJson(LENGTH_WITHOUT_PAYLOAD + job.enqueued().payload().length() * 5 / 4);
        writer.write(job, version);
        return writer.json.toString();
    }

    private void write(NewJobRow job, int version) {
        json.append("{\"id\":\"").append(job.id()).append("\",\"version\":").append(version);
        writeDetails(job.enqueued());
        writeState(job);
        json.append(METADATA).append(job.enqueued().maxAttempts() - 1).append(",\"jobName\":");
        write(job.enqueued().type());
        json.append(SIGNED);
        String separator = "";
        for (String label : job.labels()) {
            json.append(separator);
            write(label);
            separator = ",";
        }
        json.append("]}");
    }

    private void writeDetails(EnqueuedJob enqueued) {
        json.append(DETAILS);
        write(enqueued.type());
        json.append(",\"version\":").append(enqueued.version()).append(",\"queue\":");
        write(enqueued.queue());
        json.append(",\"priority\":").append(enqueued.priority()).append(",\"maxAttempts\":")
                .append(enqueued.maxAttempts()).append(",\"payload\":");
        write(enqueued.payload());
        json.append("}}],\"cacheable\":false}");
    }

    private void writeState(NewJobRow job) {
        json.append(",\"jobHistory\":[{\"@class\":\"org.jobrunr.jobs.states.")
                .append(job.runAt() == null ? "EnqueuedState" : "ScheduledState").append("\",\"createdAt\":\"")
                .append(job.createdAt());
        if (job.runAt() != null) {
            json.append("\",\"scheduledAt\":\"").append(job.runAt());
        }
        json.append("\",\"state\":\"").append(job.state()).append('"');
    }

    private void write(String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }
}
