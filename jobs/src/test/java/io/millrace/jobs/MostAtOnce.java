package io.millrace.jobs;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** How many jobs ran at the busiest moment, by their histories. */
final class MostAtOnce {

    private MostAtOnce() {
    }

    /** Of jobs that have succeeded, as far as their last attempts go. */
    static int of(List<JobStatus> done) {
        var changes = new TreeMap<Instant, Integer>();
        done.forEach(job -> {
            changes.merge(job.startedAt(), 1, Integer::sum);
            changes.merge(job.finishedAt(), -1, Integer::sum);
        });
        int running = 0;
        int most = 0;
        for (int change : changes.values()) {
            running += change;
            most = Math.max(most, running);
        }
        return most;
    }
}
