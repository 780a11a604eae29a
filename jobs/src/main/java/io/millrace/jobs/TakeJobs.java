package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.JobFilterUtils;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServer;

/**
 * Takes the next waiting jobs for a server, the highest priority first and within it the longest waiting: one statement
 * locks and reads them, one marks all of them as PROCESSING, and both commit before the first job starts. Servers that take
 * at the same time pass over each other's.
 */
final class TakeJobs {

    private final Transactions transactions;
    private final Set<String> queues;
    private final String sql;

    /**
     * @param queues
     *            the queues it takes jobs from; empty for all
     */
    TakeJobs(Transactions transactions, JobsSchema schema, Set<String> queues) {
        this.transactions = transactions;
        this.queues = queues;
        this.sql = """
                   select %s from %sjobrunr_jobs
                   where state = 'ENQUEUED' %s
                   order by priority desc, updatedAt, id
                   limit ?
                   for update skip locked
                   """.formatted(JobRows.COLUMNS, schema.prefix(), queues.isEmpty() ? "" : "and queue = any (?)");
    }

    List<Job> upTo(int count, BackgroundJobServer server, JobRows rows) {
        var filters = new JobFilterUtils(server.getJobFilters());
        var taken = transactions.run(connection -> {
            var waiting = waiting(connection, count, rows);
            rows.change(connection, waiting, job -> job.startProcessingOn(server));
            filters.runOnStateElectionFilter(waiting);
            return rows.write(connection, waiting).written();
        });
        filters.runOnStateAppliedFilters(taken);
        return taken.stream().filter(job -> job.hasState(StateName.PROCESSING)).toList();
    }

    private List<Job> waiting(Connection connection, int count, JobRows rows) throws SQLException {
        return rows.select(connection, sql, select -> {
            if (queues.isEmpty()) {
                select.setInt(1, count);
            } else {
                select.setArray(1, connection.createArrayOf("text", queues.toArray()));
                select.setInt(2, count);
            }
        });
    }
}
