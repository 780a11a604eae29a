package io.millrace.jobs;

import java.time.Clock;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import io.millrace.testkit.TestPostgres;

/** The engine's tables in a database of their own, with nobody at work on them. */
public final class StoreTables implements AutoCloseable {

    public final HikariDataSource database = new HikariDataSource();
    public final JobsSchema schema;
    public final JdbcClient jdbc;
    final WakeUp wakeUp;
    final JobStore store;

    public StoreTables() {
        database.setJdbcUrl(TestPostgres.newDatabase());
        schema = new JobsSchema(database, "millrace_jobs");
        jdbc = JdbcClient.create(database);
        wakeUp = new WakeUp(database, schema, true);
        store = new JobStore(database, schema, new WaitingJobs(schema, QueueSubscription.ALL), wakeUp,
                Clock.systemUTC());
        store.setJobMapper(new JobMapper(new Jackson3JsonMapper(
                BasicPolymorphicTypeValidator.builder().allowIfSubType(EnqueuedJob.class))));
    }

    /** Rows of one state, an hour old by the database's clock, with a history that JobRunr can read. */
    public void add(String state, int jobs) {
        jdbc.sql("""
                 insert into millrace_jobs.jobrunr_jobs
                     (id, version, jobAsJson, jobSignature, state, createdAt, updatedAt, scheduledAt, type)
                 select id, 1, replace(?, 'ID', id), 'x', ?, past, past, past, 'ship-order'
                 from (select gen_random_uuid()::text as id, (now() at time zone 'UTC') - interval '1 hour' as past
                       from generate_series(1, ?)) rows
                 """).param(json(state)).param(state).param(jobs).update();
    }

    long count(String state) {
        return jdbc.sql("select count(*) from millrace_jobs.jobrunr_jobs where state = ?").param(state)
                .query(Long.class).single();
    }

    private static String json(String state) {
        var job = """
                  {"version": 1, "jobSignature": "x", "jobName": "ship-order", "labels": [],
                   "jobDetails": {"className": "io.millrace.jobs.JobRunner", "methodName": "run", "cacheable": false,
                       "jobParameters": [{"className": "io.millrace.jobs.EnqueuedJob",
                           "actualClassName": "io.millrace.jobs.EnqueuedJob",
                           "object": {"type": "ship-order", "version": 1, "queue": "default", "priority": 0,
                               "maxAttempts": 3, "payload": "{}"}}]},
                   "jobHistory": [{"@class": "org.jobrunr.jobs.states.EnqueuedState", "state": "ENQUEUED",
                       "createdAt": "2026-01-01T00:00:00Z"} MORE],
                   "metadata": {"@class": "java.util.concurrent.ConcurrentHashMap"}, "id": "ID"}
                  """;
        return job.replace("MORE", switch (state) {
            case "SUCCEEDED" -> """
                                , {"@class": "org.jobrunr.jobs.states.SucceededState", "state": "SUCCEEDED",
                                "createdAt": "2026-01-01T00:00:01Z", "latencyDuration": 0.1, "processDuration": 0.1}
                                """;
            case "DELETED" -> """
                              , {"@class": "org.jobrunr.jobs.states.DeletedState", "state": "DELETED",
                              "createdAt": "2026-01-01T00:00:01Z", "reason": "no longer wanted"}
                              """;
            default -> "";
        });
    }

    UUID someId(String state) {
        return UUID
                .fromString(jdbc.sql("select id from millrace_jobs.jobrunr_jobs where state = ? limit 1").param(state)
                        .query(String.class).single());
    }

    @Override
    public void close() {
        wakeUp.close();
        store.close();
        database.close();
    }
}
