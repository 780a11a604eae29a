package io.millrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;

import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobListVersioner;
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

    /** What a job may wait as, and as what one that ran elsewhere may end, on which others waited. */
    private static final Set<StateName> WAKING = EnumSet.of(StateName.ENQUEUED, StateName.SCHEDULED, StateName.FAILED,
            StateName.DELETED);

    private final String jobs;
    private final Transactions transactions;
    private final JobChanges changes;
    private final SharedCommits<JobChange, JobChanges.Outcome> commits;
    private final FreedKeys freedKeys;
    private final JobRunrsJobs jobRunrs;
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
        this.commits = SharedCommits.of(dataSource, JobChanges.together(schema), wakeUp.events());
        this.jobRunrs = new JobRunrsJobs(schema);
        this.clock = new DatabaseClock(clock);
        this.freedKeys = new FreedKeys(schema, wakeUp);
        this.take = new TakeJobs(transactions, waiting, new StartJobs(schema), freedKeys, wakeUp);
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

    /** The keys of limited jobs that have ended in this process. */
    FreedKeys freedKeys() {
        return freedKeys;
    }

    /** How often this process has looked for waiting jobs. */
    long looks() {
        return looks.get();
    }

    /**
     * Returns after the commit. A run that ends, or says how far it is, shares it with others, and fails where somebody holds its
     * row; an operator's change waits for who holds the row, and must not make those wait with it.
     */
    @Override
    public Job save(Job job) {
        if (job.getVersion() == 0) {
            insert(List.of(job));
        } else if (WorkerSlots.isOfThisThread() || job.hasState(StateName.PROCESSING)) {
            update(job);
            notifyJobStatsOnChangeListeners();
        } else {
            saveChanged(List.of(job));
        }
        if (!job.hasState(StateName.FAILED)) {
            // Where it failed for good, its own worker looks who is next.
            wakeUpFor(job.getState());
        }
        return job;
    }

    private void saveChanged(List<Job> changed) {
        saved(transactions.run(connection -> rows().write(connection, changed)).refused());
    }

    private void insert(List<Job> fresh) {
        try (var versions = new JobListVersioner(fresh)) {
            versions.validateJobs();
            var refused = transactions.run(connection -> jobRunrs.insert(connection, fresh, mapper()));
            versions.rollbackVersions(refused);
            saved(refused);
        }
    }

    private void saved(List<Job> refused) {
        notifyJobStatsOnChangeListeners();
        if (!refused.isEmpty()) {
            throw new ConcurrentJobModificationException(refused);
        }
    }

    private void update(Job job) {
        try (var version = new JobVersioner(job)) {
            var change = JobChange.of(job, mapper(), ReturnedResult.of(job));
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
        if (toSave.isEmpty()) {
            return toSave;
        }
        if (toSave.getFirst().getVersion() == 0) {
            insert(toSave);
        } else {
            saveChanged(toSave);
        }
        toSave.stream().map(Job::getState).distinct().forEach(this::wakeUpFor);
        return toSave;
    }

    private void wakeUpFor(StateName saved) {
        if (WAKING.contains(saved)) {
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

    /** Of running jobs JobRunr asks only to rescue them, which {@link RescueJobs} does; of others a bad row hides none. */
    @Override
    List<Job> readJobList(StateName state, Instant before, AmountRequest amount) {
        return state == StateName.PROCESSING
                ? List.of()
                : page(JobRows::select, state, LocalDateTime.ofInstant(before, ZoneOffset.UTC), amount);
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
        try (var slots = ((JobServer) server).slots().claim()) {
            return take((JobServer) server, amount.getLimit(), slots);
        }
    }

    /** For slots that are set aside with what it takes. */
    List<Job> take(JobServer server, int most, Slots.Claim slots) {
        looks.incrementAndGet();
        return take.upTo(most, server, slots, rows());
    }

    JobRows rows() {
        return new JobRows(jobs, mapper(), changes, traces());
    }

    private JobMapper mapper() {
        if (mapper == null) {
            throw new IllegalStateException("the store has no job mapper yet");
        }
        return mapper;
    }
}
