package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobVersioner;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.navigation.AmountRequest;
import org.jobrunr.storage.navigation.OffsetBasedPageRequest;
import org.jspecify.annotations.Nullable;

/**
 * JobRunr's Postgres store with the engine's own ways in and out: dequeues by queue
 * and priority, saves what meets in one commit, never promotes a job before its time, and wakes the workers when there is
 * work.
 */
class JobStore extends TidyStore {

    private final String jobs;
    private final Transactions transactions;
    private final JobChanges changes;
    private final SharedCommits commits;
    private final TakeJobs take;
    private final DueJobs due;
    private final DatabaseClock clock;
    private final WakeUp wakeUp;
    private final AtomicLong looks = new AtomicLong();
    private @Nullable JobMapper mapper;

    /**
     * @param waiting
     *            where it takes jobs from
     */
    JobStore(DataSource dataSource, JobsSchema schema, WaitingJobs waiting, WakeUp wakeUp, InstantSource clock) {
        super(dataSource, schema);
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.transactions = new Transactions(dataSource);
        this.changes = new JobChanges(schema);
        this.commits = new SharedCommits(dataSource, changes);
        this.clock = new DatabaseClock(clock);
        this.take = new TakeJobs(transactions, schema, waiting, this.clock);
        this.due = new DueJobs(transactions, schema, this.clock);
        this.wakeUp = wakeUp;
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

    String write(Job job) {
        return mapper().serializeJob(job);
    }

    /** How often this process has begun to look for waiting jobs. */
    long looks() {
        return looks.get();
    }

    /** Returns after the commit, which it shares with others that save at the same time. */
    @Override
    public Job save(Job job) {
        if (job.getVersion() == 0) {
            super.save(job);
        } else {
            update(job);
            notifyJobStatsOnChangeListeners();
        }
        wakeUpFor(List.of(job));
        return job;
    }

    private void update(Job job) {
        try (var version = new JobVersioner(job)) {
            var change = JobChange.of(job, mapper(), ReturnedResult.take(job));
            var outcome = commits.commit(change);
            if (!outcome.written()) {
                throw new ConcurrentJobModificationException(job);
            }
            version.commitVersion();
            if (change.result() != null) {
                outcome.resultExpiresAt().ifPresent(change.result().kept());
            }
        }
    }

    @Override
    public List<Job> save(List<Job> toSave) {
        if (toSave.isEmpty() || toSave.getFirst().getVersion() == 0) {
            super.save(toSave);
        } else {
            var refused = transactions.run(connection -> rows().write(connection, toSave)).refused();
            notifyJobStatsOnChangeListeners();
            if (!refused.isEmpty()) {
                throw new ConcurrentJobModificationException(refused);
            }
        }
        wakeUpFor(toSave);
        return toSave;
    }

    private void wakeUpFor(List<Job> saved) {
        if (saved.stream().anyMatch(job -> job.hasState(StateName.ENQUEUED) || job.hasState(StateName.SCHEDULED))) {
            wakeUp.workers();
        }
    }

    /** Puts what is due into the queue itself and leaves JobRunr nothing: of two that promote one job, the loser fails. */
    @Override
    public List<Job> getScheduledJobs(Instant scheduledBefore, AmountRequest amount) {
        promoteDueJobs();
        return List.of();
    }

    /**
     * Puts all jobs that are due by the database's clock into the queue.
     *
     * @return how many
     */
    int promoteDueJobs() {
        int promoted = due.promote(rows());
        if (promoted > 0) {
            wakeUp.workers();
        }
        return promoted;
    }

    /** The database's, as far as it has been asked. */
    InstantSource clock() {
        return clock;
    }

    /** How long it is, by the database's clock, until the next job is due; empty if none is scheduled. */
    Optional<Duration> untilNextDue() {
        return due.untilNext();
    }

    /** What JobRunr rescues and deletes: one row that cannot be read is parked, and must not hide the others from it. */
    @Override
    List<Job> readJobList(StateName state, Instant updatedBefore, AmountRequest amount) {
        return page(JobRows::select, state, LocalDateTime.ofInstant(updatedBefore, ZoneOffset.UTC), amount);
    }

    /** What JobRunr shows. A look changes nothing: one row that cannot be read is left out. */
    @Override
    public List<Job> getJobList(StateName state, AmountRequest amount) {
        // Postgres' infinity.
        return page(JobRows::look, state, LocalDateTime.MAX, amount);
    }

    private List<Job> page(JobRows.Select select, StateName state, LocalDateTime updatedBefore, AmountRequest amount) {
        var order = amount.getAllOrderTerms(Set.of("createdAt", "updatedAt", "scheduledAt")).stream()
                .map(term -> term.getFieldName() + " " + term.getOrder() + ", ").collect(Collectors.joining());
        return transactions.run(connection -> select.from(rows(), connection,
                """
                select %s from %s
                where state = ? and updatedAt <= ?
                order by %s id
                limit ? offset ?
                """.formatted(JobRows.COLUMNS, jobs, order), statement -> {
                    statement.setString(1, state.name());
                    statement.setObject(2, updatedBefore);
                    statement.setInt(3, amount.getLimit());
                    statement.setLong(4, amount instanceof OffsetBasedPageRequest page ? page.getOffset() : 0);
                }));
    }

    @Override
    public List<Job> getJobsToProcess(BackgroundJobServer server, AmountRequest amount) {
        looks.incrementAndGet();
        return take.upTo(amount.getLimit(), (JobServer) server, rows());
    }

    JobRows rows() {
        return new JobRows(jobs, mapper(), changes);
    }

    private JobMapper mapper() {
        if (mapper == null) {
            throw new IllegalStateException("the store has no job mapper yet");
        }
        return mapper;
    }
}
