package io.millrace.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Results in a table, with the shared cache in front of it. The database's clock decides what has expired there, and this
 * process's own whether a cached one has: by as much as it is off, one that is cached may be shown too long or too short.
 */
final class PostgresJobResults implements JobResults {

    private static final int DELETED_AT_ONCE = 1_000;

    private final JdbcClient callers;
    private final EmptyResults empty;
    private final JdbcClient engine;
    private final String table;
    private final String jobs;
    private final ResultCache cache;
    private final Clock clock;

    /**
     * @param callers
     *            where results are read, by requests
     * @param engine
     *            where they are kept and swept
     */
    PostgresJobResults(DataSource callers, DataSource engine, JobsSchema schema, JobTypes types, ResultCache cache,
            Clock clock) {
        this.callers = JdbcClient.create(callers);
        this.empty = new EmptyResults(callers, schema, types);
        this.engine = JdbcClient.create(engine);
        this.table = schema.prefix() + "job_results";
        this.jobs = schema.prefix() + "jobrunr_jobs";
        this.cache = cache;
        this.clock = clock;
    }

    @Override
    public Optional<JobResult> find(UUID jobId) {
        var cached = cache.get(jobId).filter(result -> result.expiresAt().isAfter(clock.instant()));
        return cached.or(() -> load(jobId)).or(() -> empty.find(jobId));
    }

    private Optional<JobResult> load(UUID jobId) {
        var loaded = callers
                .sql("select result, expires_at from %s where job_id = ? and expires_at > now()".formatted(table))
                .param(jobId)
                .query((row, number) -> new JobResult(row.getString(1), row.getTimestamp(2).toInstant())).optional();
        loaded.ifPresent(result -> cache.put(jobId, result));
        return loaded;
    }

    /** A result that a job's completion brings along; the one of an earlier run of the same job gives way. */
    NewResult fresh(UUID jobId, String type, String json, Duration ttl) {
        return new NewResult(type, json, ttl, expiresAt -> cache.put(jobId, new JobResult(json, expiresAt)));
    }

    /**
     * Before a job runs again: what an earlier run left is not its result. A run whose job was given to another meanwhile
     * leaves that one's alone.
     *
     * @param version
     *            of the run's job
     */
    void forget(UUID jobId, int version) {
        engine.sql("""
                   delete from %s where job_id = ?
                       and exists (select from %s where id = ? and version = ? and state = 'PROCESSING')
                   """.formatted(table, jobs)).params(jobId, jobId.toString(), version).update();
        cache.forget(jobId);
    }

    /** Deletes what has expired; safe on many nodes at once. */
    Turns.Turn deleteExpired(Turns turns) {
        return turns.take(DELETED_AT_ONCE, () -> engine.sql("""
                                                            delete from %1$s where ctid = any (array(
                                                                select ctid from %1$s where expires_at <= now()
                                                                limit ? for update skip locked))
                                                            """.formatted(table)).param(DELETED_AT_ONCE).update());
    }
}
