package io.millrace.api.jobs;

import java.sql.SQLException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.api.http.Caller;
import io.millrace.api.http.ProblemException;
import io.millrace.core.http.HttpTarget;
import io.millrace.jobs.EnqueueOptions;
import io.millrace.jobs.IdempotencyKey;
import io.millrace.jobs.IdempotencyKeyReused;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;
import io.millrace.jobs.JobWebhooks;
import io.millrace.jobs.SharedEnqueue;

/** Queues a job as a caller from outside describes it, and says in the caller's terms why it cannot be queued. */
@Component
final class EnqueueJob {

    /** Postgres' own code: a lock was not to be had in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final AllowedJobs allowed;
    private final JobLimits limits;
    private final JobQueue jobQueue;
    private final SharedEnqueue shared;
    private final JobWebhooks webhooks;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final JobsSettings settings;
    private final Semaphore places;
    private final JsonMapper sorted;
    private final Clock clock;

    EnqueueJob(AllowedJobs allowed, JobLimits limits, JobQueue jobQueue, SharedEnqueue shared, JobWebhooks webhooks,
            TransactionTemplate transaction,
            JdbcClient jdbc, JobsSettings settings, JsonMapper json, Clock clock) {
        this.allowed = allowed;
        this.limits = limits;
        this.jobQueue = jobQueue;
        this.shared = shared;
        this.webhooks = webhooks;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.settings = settings;
        this.places = new Semaphore(settings.enqueuesAtOnce());
        this.sorted = json.rebuild().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .build();
        this.clock = clock;
    }

    /**
     * All of it or nothing: where the answer cannot be given, the job is not queued either, and the caller may try again.
     *
     * @throws ProblemException
     *             if it cannot be queued
     */
    Queued enqueue(NewJob job, Optional<IdempotencyKeyHeader> key, Caller caller) {
        limits.check(job);
        allowed.check(caller, job.type(), job.queue());
        if (!places.tryAcquire()) {
            throw ProblemException.overloaded("As many jobs as can wait are waiting to be queued.",
                    settings.retryAfter());
        }
        try {
            return enqueue(job, options(job, key, caller));
        } catch (IdempotencyKeyReused e) {
            throw KeyProblems.reused();
        } catch (DataAccessException e) {
            throw isOfTheWait(e) ? KeyProblems.underWay(settings.retryAfter()) : e;
        } catch (IllegalArgumentException e) {
            throw Refusal.of(e).problem();
        } finally {
            places.release();
        }
    }

    private Queued enqueue(NewJob job, EnqueueOptions options) {
        return sharedWithOthers(job, options)
                .orElseGet(() -> Objects.requireNonNull(transaction.execute(_ -> alone(job, options))));
    }

    private static boolean isOfTheWait(DataAccessException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
                && LOCK_NOT_AVAILABLE.equals(sql.getSQLState());
    }

    private EnqueueOptions options(NewJob job, Optional<IdempotencyKeyHeader> key, Caller caller) {
        EnqueueOptions options = job.options(clock, caller.key());
        if (key.isPresent()) {
            // Any field counts, and neither their order nor the space between them.
            return options.withNewId(clock).withIdempotencyKey(
                    new IdempotencyKey(key.get().of(caller.key()), sorted.writeValueAsString(job)));
        }
        return options.uniqueKey() == null ? options : options.withNewId(clock);
    }

    /** Nearly all: in one commit with those that come at the same time. Empty where it takes more than a row. */
    private Optional<Queued> sharedWithOthers(NewJob job, EnqueueOptions options) {
        return options.uniqueKey() == null && job.webhook() == null
                ? shared.tryEnqueue(job.type(), job.payload().toString(), options)
                        .map(status -> new Queued(status, true))
                : Optional.empty();
    }

    private Queued alone(NewJob job, EnqueueOptions options) {
        boolean hasKey = options.id() != null;
        if (hasKey) {
            // Another with the same key may stand still in the middle of its transaction.
            jdbc.sql("select set_config('lock_timeout', ?, true)").param(settings.longestKeyWait().toMillis() + "ms")
                    .query(String.class).single();
        }
        UUID id = jobQueue.enqueue(job.type(), job.payload().toString(), options);
        if (job.webhook() != null) {
            webhooks.register(id, checked(job.webhook()));
        }
        JobStatus status = jobQueue.find(id)
                .orElseThrow(() -> ProblemException.gone("The job that this key stands for is not kept any more."));
        return new Queued(status, !hasKey || id.equals(options.id()));
    }

    /** Whether it may be called is for the worker to say, when it is. */
    private static String checked(String webhook) {
        try {
            return HttpTarget.of(webhook).uri().toString();
        } catch (IllegalArgumentException e) {
            throw new BadField("webhook", String.valueOf(e.getMessage()));
        }
    }

    /**
     * A job that stands for a request.
     *
     * @param isNew
     *            false if it was there before
     */
    record Queued(JobStatus job, boolean isNew) {
    }
}
