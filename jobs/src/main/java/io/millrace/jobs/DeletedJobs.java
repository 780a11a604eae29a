package io.millrace.jobs;

import java.util.Map;

/**
 * How many jobs were deleted, or would be.
 *
 * @param jobs
 *            of all types together
 * @param byType
 *            of each type; {@code unknown} for jobs that something else has stored
 */
public record DeletedJobs(int jobs, Map<String, Integer> byType) {

    public DeletedJobs {
        byType = Map.copyOf(byType);
    }

    static DeletedJobs of(Map<String, Integer> byType) {
        return new DeletedJobs(byType.values().stream().mapToInt(Integer::intValue).sum(), byType);
    }
}
