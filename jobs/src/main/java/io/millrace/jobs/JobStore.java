package io.millrace.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobVersioner;
import org.jobrunr.jobs.filters.JobFilterUtils;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.StorageException;
import org.jobrunr.storage.navigation.AmountRequest;
import org.jobrunr.storage.navigation.OffsetBasedPageRequest;
import org.jspecify.annotations.Nullable;

/**
 * JobRunr's Postgres store with the engine's own ways in and out: inserts on the caller's connection, dequeues by queue
 * and priority, never promotes a job before its time, and wakes the workers when there is work.
 */
class JobStore extends TidyStore {

    private static final int PROMOTED_AT_ONCE = 500;

    private final String jobs;
    private final Set<String> queues;
    private final WakeUp wakeUp;
    private final Clock clock;
    private final AtomicLong looks = new AtomicLong();
    private @Nullable JobMapper mapper;

    /**
     * @param queues
     *            the queues this process takes jobs from; empty for all
     */
    JobStore(DataSource dataSource, JobsSchema schema, Set<String> queues, WakeUp wakeUp, Clock clock) {
        super(dataSource, schema);
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.queues = queues;
        this.wakeUp = wakeUp;
        this.clock = clock;
    }

    @Override
    public void setJobMapper(JobMapper jobMapper) {
        super.setJobMapper(jobMapper);
        this.mapper = jobMapper;
    }

    /** A row read back as JobRunr's job. */
    Job read(String jobAsJson) {
        return mapper().deserializeJob(jobAsJson);
    }

    /**
     * Writes a new job on the caller's connection and transaction; a job whose id is there already is left alone, without
     * poisoning the transaction as a failed insert would.
     */
    void insert(Connection connection, Job job, EnqueuedJob enqueued) throws SQLException {
        try (var version = new JobVersioner(job)) {
            NewJobRow.insert(connection, jobs, job, enqueued, mapper().serializeJob(job));
            version.commitVersion();
        }
    }

    /** How often this process has begun to look for waiting jobs. */
    long looks() {
        return looks.get();
    }

    @Override
    public Job save(Job job) {
        var saved = super.save(job);
        if (saved.hasState(StateName.ENQUEUED)) {
            wakeUp.workers();
        }
        return saved;
    }

    @Override
    public List<Job> save(List<Job> toSave) {
        var saved = super.save(toSave);
        if (saved.stream().anyMatch(job -> job.hasState(StateName.ENQUEUED))) {
            wakeUp.workers();
        }
        return saved;
    }

    /** JobRunr asks for what is due within its next poll interval; a job must not start early. */
    @Override
    public List<Job> getScheduledJobs(Instant scheduledBefore, AmountRequest amount) {
        var now = clock.instant();
        return super.getScheduledJobs(scheduledBefore.isAfter(now) ? now : scheduledBefore, amount);
    }

    /** What JobRunr rescues, deletes and shows: one row that cannot be read must not hide the others from it. */
    @Override
    List<Job> readJobList(StateName state, Instant updatedBefore, AmountRequest amount) {
        return page(state, LocalDateTime.ofInstant(updatedBefore, ZoneOffset.UTC), amount);
    }

    @Override
    public List<Job> getJobList(StateName state, AmountRequest amount) {
        // Postgres' infinity.
        return page(state, LocalDateTime.MAX, amount);
    }

    private List<Job> page(StateName state, LocalDateTime updatedBefore, AmountRequest amount) {
        var order = amount.getAllOrderTerms(Set.of("createdAt", "updatedAt", "scheduledAt")).stream()
                .map(term -> term.getFieldName() + " " + term.getOrder() + ", ").collect(Collectors.joining());
        return inTransaction(connection -> rows().select(connection,
                """
                select %s from %s
                where state = ? and updatedAt <= ?
                order by %s id
                limit ? offset ?
                """.formatted(JobRows.COLUMNS, jobs, order), select -> {
                    select.setString(1, state.name());
                    select.setObject(2, updatedBefore);
                    select.setInt(3, amount.getLimit());
                    select.setLong(4, amount instanceof OffsetBasedPageRequest page ? page.getOffset() : 0);
                }));
    }

    @Override
    public List<Job> getJobsToProcess(BackgroundJobServer server, AmountRequest amount) {
        looks.incrementAndGet();
        var filters = new JobFilterUtils(server.getJobFilters());
        List<Job> taken = inTransaction(connection -> {
            var waiting = rows().select(connection, """
                                                    select %s from %s
                                                    where state = 'ENQUEUED' and (? or queue = any (?))
                                                    order by priority desc, updatedAt, id
                                                    limit ?
                                                    for update skip locked
                                                    """.formatted(JobRows.COLUMNS, jobs), select -> {
                select.setBoolean(1, queues.isEmpty());
                select.setArray(2, connection.createArrayOf("text", queues.toArray()));
                select.setInt(3, amount.getLimit());
            });
            rows().change(connection, waiting, job -> job.startProcessingOn(server));
            filters.runOnStateElectionFilter(waiting);
            return update(connection, waiting);
        });
        filters.runOnStateAppliedFilters(taken);
        return taken.stream().filter(job -> job.hasState(StateName.PROCESSING)).toList();
    }

    /**
     * Puts all jobs that are due by now into the queue, a batch a transaction. Safe on many nodes at once: each row is
     * promoted by one of them.
     */
    void promoteDueJobs() {
        while (promoteSomeDueJobs() == PROMOTED_AT_ONCE) {
            // There may be more.
        }
    }

    private int promoteSomeDueJobs() {
        List<Job> promoted = inTransaction(connection -> {
            var due = rows().select(connection, """
                                                select %s from %s
                                                where state = 'SCHEDULED' and scheduledAt <= ?
                                                order by scheduledAt
                                                limit ?
                                                for update skip locked
                                                """.formatted(JobRows.COLUMNS, jobs), select -> {
                select.setObject(1, LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
                select.setInt(2, PROMOTED_AT_ONCE);
            });
            rows().change(connection, due, Job::enqueue);
            return update(connection, due);
        });
        if (!promoted.isEmpty()) {
            wakeUp.workers();
        }
        return promoted.size();
    }

    private List<Job> update(Connection connection, List<Job> changed) throws SQLException {
        try {
            return jobTable(connection).save(changed);
        } catch (ConcurrentJobModificationException e) {
            var lost = e.getConcurrentUpdatedJobs().stream().map(Job::getId).collect(Collectors.toSet());
            return changed.stream().filter(job -> !lost.contains(job.getId())).toList();
        }
    }

    private List<Job> inTransaction(Work work) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var done = work.on(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new StorageException(e);
        }
    }

    private JobRows rows() {
        return new JobRows(jobs, mapper());
    }

    private JobMapper mapper() {
        if (mapper == null) {
            throw new IllegalStateException("the store has no job mapper yet");
        }
        return mapper;
    }

    private interface Work {
        List<Job> on(Connection connection) throws SQLException;
    }
}
