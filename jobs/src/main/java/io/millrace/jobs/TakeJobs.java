package io.millrace.jobs;

import java.util.List;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.JobFilterUtils;
import org.jobrunr.jobs.states.StateName;

/**
 * Takes {@link WaitingJobs} for a server: a statement for each queue locks and reads them, one marks all of them as
 * PROCESSING, and all commit before the first job starts. Servers that take at the same time pass over each other's.
 */
final class TakeJobs {

    private final Transactions transactions;
    private final WaitingJobs waitingJobs;

    TakeJobs(Transactions transactions, WaitingJobs waitingJobs) {
        this.transactions = transactions;
        this.waitingJobs = waitingJobs;
    }

    List<Job> upTo(int count, JobServer server, JobRows rows) {
        var filters = new JobFilterUtils(server.getJobFilters());
        var taken = transactions.run(connection -> {
            var waiting = waitingJobs.take(connection, rows, server::free, count);
            rows.change(connection, waiting, job -> job.startProcessingOn(server));
            filters.runOnStateElectionFilter(waiting);
            return rows.write(connection, waiting).written();
        });
        filters.runOnStateAppliedFilters(taken);
        return taken.stream().filter(job -> job.hasState(StateName.PROCESSING)).toList();
    }
}
