package io.millrace.api.jobs;

import java.util.Map;
import java.util.TreeMap;

import io.millrace.jobs.RetriedJobs;

/**
 * How many failed jobs were put back.
 *
 * @param retried
 *            of all types together
 * @param byType
 *            of each type
 * @param dryRun
 *            whether they only would have been
 */
record RetriedView(int retried, Map<String, Integer> byType, boolean dryRun) {

    static RetriedView of(RetriedJobs jobs, boolean dryRun) {
        return new RetriedView(jobs.jobs(), new TreeMap<>(jobs.byType()), dryRun);
    }
}
