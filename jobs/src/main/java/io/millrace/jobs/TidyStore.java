package io.millrace.jobs;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.JobRunrMetadata;
import org.jobrunr.storage.JobStats;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.navigation.AmountRequest;
import org.postgresql.util.PSQLState;

/**
 * JobRunr's Postgres store, for which finished jobs are no burden: they are counted as they come, and go in small batches.
 * Servers may start at the same moment.
 */
class TidyStore extends HeartbeatStore {

    private final JobCounts counts;
    private final Retention retention;
    private final Transactions transactions;
    private final JobTraces traces;
    private final String remove;

    TidyStore(DataSource dataSource, JobsSchema schema) {
        super(dataSource, schema);
        this.counts = new JobCounts(dataSource, schema);
        this.retention = new Retention(dataSource, schema, Turns.REAL);
        this.transactions = new Transactions(dataSource);
        this.traces = new JobTraces(schema);
        this.remove = """
                      with removed as (delete from %sjobrunr_jobs where id = ?::text::bpchar returning id), %s
                      select count(*) from removed
                      """.formatted(schema.prefix(), JobTraces.goWith("removed", schema));
    }

    final JobTraces traces() {
        return traces;
    }

    /** With what its runs said, which goes into no row: where it is saved again, that is left out. */
    @Override
    public Job getJobById(UUID id) {
        var job = super.getJobById(id);
        return transactions.run(connection -> {
            traces.showOn(connection, job);
            return job;
        });
    }

    @Override
    public int deletePermanently(UUID id) {
        int removed = transactions.run(connection -> {
            try (var delete = connection.prepareStatement(remove)) {
                delete.setString(1, id.toString());
                try (var row = delete.executeQuery()) {
                    return row.next() ? row.getInt(1) : 0;
                }
            }
        });
        notifyJobStatsOnChangeListenersIf(removed > 0);
        return removed;
    }

    /**
     * JobRunr asks for jobs of before a time in order to handle each: of the succeeded ones, to delete them. This deletes them
     * first, and leaves it those that only JobRunr can, or the next turn.
     */
    @Override
    public List<Job> getJobList(StateName state, Instant updatedBefore, AmountRequest amount) {
        if (state == StateName.SUCCEEDED) {
            var turn = retention.deleteSucceeded(updatedBefore);
            notifyJobStatsOnChangeListenersIf(turn.rows() > 0);
            if (!turn.done()) {
                return List.of();
            }
        }
        return readJobList(state, updatedBefore, amount);
    }

    List<Job> readJobList(StateName state, Instant updatedBefore, AmountRequest amount) {
        return super.getJobList(state, updatedBefore, amount);
    }

    /**
     * As many as a turn gets to; JobRunr's next poll goes on.
     *
     * @return how many
     */
    @Override
    public int deleteJobsPermanently(StateName state, Instant updatedBefore) {
        int deleted = retention.purge(state, updatedBefore).rows();
        counts.fold();
        notifyJobStatsOnChangeListenersIf(deleted > 0);
        return deleted;
    }

    /** Of two that find nothing and insert it, JobRunr lets one fail; a second look finds what the other has inserted. */
    @Override
    public void saveMetadata(JobRunrMetadata metadata) {
        try {
            super.saveMetadata(metadata);
        } catch (StorageException e) {
            if (!(e.getCause() instanceof SQLException sql)
                    || !PSQLState.UNIQUE_VIOLATION.getState().equals(sql.getSQLState())) {
                throw e;
            }
            super.saveMetadata(metadata);
        }
    }

    /** For who writes the end of a job elsewhere. */
    @Override
    protected void notifyJobStatsOnChangeListeners() {
        super.notifyJobStatsOnChangeListeners();
    }

    @Override
    public JobStats getJobStats() {
        return counts.stats();
    }

    @Override
    public long countJobs(StateName state) {
        return counts.of(state);
    }
}
