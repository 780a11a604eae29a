package io.millrace.jobs;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

import org.jobrunr.jobs.states.StateName;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes old jobs out of the way, in batches that are short, lock nothing that anybody waits for, and leave the database to
 * others for as long as they took. One turn ends after a while, done or not; JobRunr gives it the next at its next poll.
 */
final class Retention {

    static final int AT_ONCE = 500;

    /** What JobRunr writes into the history itself. */
    private static final String REASON = "JobRunr maintenance - deleting succeeded job";

    /** As {@code to_char} writes it. */
    static final String TIME = "YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"";
    private static final String DELETED = "'\"DELETED\":\"' || to_char(now, '" + TIME + "') || '\",\"reason\":\""
            + REASON
            + "\"}'";

    private final JdbcClient jdbc;
    private final String prefix;
    private final JobsSchema schema;
    private final Turns turns;

    Retention(DataSource dataSource, JobsSchema schema, Turns turns) {
        this.jdbc = JdbcClient.create(dataSource);
        this.prefix = schema.prefix();
        this.schema = schema;
        this.turns = turns;
    }

    /**
     * Makes DELETED what has been SUCCEEDED for long, with the history and the count of all succeeded jobs that JobRunr would
     * leave. Rows whose JSON is of no such shape stay as they are.
     */
    Turns.Turn deleteSucceeded(Instant before) {
        return turns.take(AT_ONCE, () -> deleteSomeSucceeded(before));
    }

    /** Removes what has been of this state for long, with all that its runs left. */
    Turns.Turn purge(StateName state, Instant before) {
        return turns.take(AT_ONCE, () -> purgeSome(state, before));
    }

    int deleteSomeSucceeded(Instant before) {
        return jdbc.sql("""
                        with expired as (
                            select id, %4$s as stored, clock_timestamp() at time zone 'UTC' as now
                            from %1$sjobrunr_jobs
                            where state = 'SUCCEEDED' and updatedAt <= ?
                                and (%4$s or case when pg_input_is_valid(jobAsJson, 'jsonb')
                                    then jsonb_typeof(jobAsJson::jsonb -> 'jobHistory') = 'array' else false end)
                            order by updatedAt
                            limit %2$d
                            for update skip locked),
                        deleted as (
                            update %1$sjobrunr_jobs j
                            set state = 'DELETED', version = j.version + 1, updatedAt = now,
                                jobAsJson = case when stored then %5$s
                                    else (jobAsJson::jsonb || jsonb_build_object('version', j.version + 1, 'jobHistory',
                                        jobAsJson::jsonb -> 'jobHistory' || jsonb_build_object(
                                            '@class', 'org.jobrunr.jobs.states.DeletedState', 'state', 'DELETED',
                                            'createdAt', to_char(now, '%3$s'), 'reason', '%6$s')))::text end
                            from expired
                            where j.id = expired.id
                            returning 1),
                        counted as (
                            update %1$sjobrunr_metadata
                            set value = cast(trim(value) as bigint) + (select count(*) from deleted)
                            where id = 'succeeded-jobs-counter-cluster' and exists (select from deleted))
                        select count(*) from deleted
                        """.formatted(prefix, AT_ONCE, TIME, StoredForm.isIn("jobAsJson"),
                StoredForm.moved("jobAsJson", "j.version + 1", DELETED), REASON)).param(utc(before))
                .query(Integer.class).single();
    }

    int purgeSome(StateName state, Instant before) {
        return jdbc.sql("""
                        with purged as (
                            delete from %1$sjobrunr_jobs where ctid = any (array(
                                select ctid from %1$sjobrunr_jobs
                                where state = '%2$s' and updatedAt <= ?
                                order by updatedAt
                                limit %3$d
                                for update skip locked))
                            returning id),
                        %4$s
                        select count(*) from purged
                        """.formatted(prefix, state, AT_ONCE, JobTraces.goWith("purged", schema)))
                .param(utc(before)).query(Integer.class).single();
    }

    /** JobRunr keeps times without a zone, in UTC. */
    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
