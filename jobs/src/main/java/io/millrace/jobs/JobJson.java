package io.millrace.jobs;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.utils.mapper.JsonMapper;

/**
 * A job in any state as the JSON of its row, and back: the same JSON as JobRunr's own mapper writes. The shape that the
 * engine's jobs have is written and read in one pass without reflection, at a fraction of the cost; for whatever looks
 * otherwise (somebody else's job, a progress bar, a newer JobRunr's field) JobRunr's mapper does it.
 */
final class JobJson extends JobMapper {

    JobJson(JsonMapper stock) {
        super(stock);
    }

    @Override
    public String serializeJob(Job job) {
        try {
            return JobWriter.write(job);
        } catch (RuntimeException unusual) {
            return super.serializeJob(job);
        }
    }

    @Override
    public Job deserializeJob(String json) {
        try {
            return JobReader.read(json);
        } catch (RuntimeException unusual) {
            return super.deserializeJob(json);
        }
    }
}
