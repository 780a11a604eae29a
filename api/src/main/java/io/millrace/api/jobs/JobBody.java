package io.millrace.api.jobs;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A body that describes a job: it is received within {@link JobBodies}' bounds, and kept to {@link JobLimits}. */
public interface JobBody {

    JsonNode payload();

    @Nullable
    List<String> labels();
}
