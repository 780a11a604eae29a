package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobParameter;

/** The envelope of a job that was read from a {@link StoredForm}; it remembers what the row was like. */
final class StoredEnvelope extends JobParameter {

    private final transient int version;
    private final transient int states;
    private final transient boolean metadata;

    /**
     * @param metadata
     *            whether the row has any
     */
    StoredEnvelope(EnqueuedJob enqueued, int version, int states, boolean metadata) {
        super(JobWriter.ENVELOPE, JobWriter.ENVELOPE, enqueued);
        this.version = version;
        this.states = states;
        this.metadata = metadata;
    }

    /** Whether a row of this version, holding the job as it was read, lacks nothing but the last state of {@code job}. */
    static boolean lacksOneState(Job job, int versionOfRow) {
        return job.getJobDetails().getJobParameters().getFirst() instanceof StoredEnvelope stored
                && stored.version == versionOfRow && stored.states + 1 == job.getJobStates().size()
                && !stored.metadata && job.getMetadata().isEmpty();
    }
}
