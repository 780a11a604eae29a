package io.millrace.jobs;

import java.util.Map;

/**
 * How many failed jobs were put back, or would be.
 *
 * @param jobs
 *            of all types together
 * @param byType
 *            of each type; {@code unknown} for jobs that something else has stored
 */
public record RetriedJobs(int jobs, Map<String, Integer> byType) {

    public RetriedJobs {
        byType = Map.copyOf(byType);
    }

    static RetriedJobs of(Map<String, Integer> byType) {
        return new RetriedJobs(byType.values().stream().mapToInt(Integer::intValue).sum(), byType);
    }
}
