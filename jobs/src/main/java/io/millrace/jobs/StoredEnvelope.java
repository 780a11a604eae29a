package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobParameter;

/** The envelope of a job that was read from a {@link StoredForm}; it remembers what the row was like. */
final class StoredEnvelope extends JobParameter {

    private final transient int version;
    private final transient int states;
    private final transient boolean metadata;
    private final transient String unknown;

    /**
     * @param metadata
     *            whether the row has any
     * @param unknown
     *            what a newer version wrote, as it stands in the row
     */
    StoredEnvelope(EnqueuedJob enqueued, int version, int states, boolean metadata, String unknown) {
        super(JobWriter.ENVELOPE, JobWriter.ENVELOPE, enqueued);
        this.version = version;
        this.states = states;
        this.metadata = metadata;
        this.unknown = unknown;
    }

    /** The fields of the row that this version does not know, each with its comma; they are the job's all the same. */
    static String unknownFields(Job job) {
        return job.getJobDetails().getJobParameters().getFirst() instanceof StoredEnvelope stored
                ? stored.unknown
                : "";
    }

    /** Whether a row of this version, holding the job as it was read, lacks nothing but the last state of {@code job}. */
    static boolean lacksOneState(Job job, int versionOfRow) {
        return job.getJobDetails().getJobParameters().getFirst() instanceof StoredEnvelope stored
                && stored.version == versionOfRow && stored.states + 1 == job.getJobStates().size()
                && !stored.metadata && job.getMetadata().isEmpty();
    }
}
