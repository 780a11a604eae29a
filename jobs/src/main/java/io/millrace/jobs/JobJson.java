package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.utils.mapper.JsonMapper;

/**
 * A job in any state as the text of its row, and back. The engine's own jobs have a {@link StoredForm}; whatever does not
 * fit into it (somebody else's job, a progress bar, a state of JobRunr's that it does not know) stays JobRunr's JSON. Either is read
 * wherever it is met.
 */
final class JobJson extends JobMapper {

    JobJson(JsonMapper stock) {
        super(stock);
    }

    @Override
    public String serializeJob(Job job) {
        try {
            return JobWriter.write(job);
        } catch (UnusualJob unusual) {
            return super.serializeJob(job);
        }
    }

    /**
     * @throws RuntimeException
     *             if {@code json} is no job
     */
    @Override
    public Job deserializeJob(String json) {
        if (StoredForm.is(json)) {
            return JobReader.read(json);
        }
        var job = super.deserializeJob(json);
        // JobRunr's mapper makes a job without anything of any JSON object.
        if (job == null || job.getId() == null || job.getJobDetails() == null || job.getJobStates().isEmpty()) {
            throw new IllegalArgumentException("the JSON is that of no job");
        }
        return job;
    }
}
