package io.millrace.dashboard.jobrunr;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jobrunr.utils.mapper.JsonMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

import io.millrace.jobs.EnqueuedJob;

/**
 * What the page is told of a job: everything but its payload, which may be an address or a letter. An operator who needs
 * it has the database.
 */
final class DashboardJson {

    private DashboardJson() {
    }

    static JsonMapper mapper() {
        return new Jackson3JsonMapper(tools.jackson.databind.json.JsonMapper.builder().addMixIn(EnqueuedJob.class,
                WithoutPayload.class));
    }

    @JsonIgnoreProperties("payload")
    private interface WithoutPayload {
    }
}
