package io.millrace.jobs;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

import org.jobrunr.jobs.states.FailedState;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of waiting jobs as an attempt that failed for good would leave them. */
final class FailedRows {

    private FailedRows() {
    }

    static void fail(JdbcClient jdbc, Collection<UUID> ids, String exception) {
        // What it says could be taken for another field of its row.
        var line = JobWriter.state(new FailedState("An exception occurred", exception,
                "not \"exceptionType\":\"java.lang.Error\" \u0000", null, null, "at \"exceptionType\":\"x\"", false,
                Instant.EPOCH));
        jdbc.sql("""
                 update millrace_jobs.jobrunr_jobs
                 set state = 'FAILED', version = version + 1, jobAsJson = %s,
                     updatedAt = clock_timestamp() at time zone 'UTC'
                 where id = any (?::text[]::bpchar[])
                 """.formatted(StoredForm.moved("jobAsJson", "version + 1", "?"))).param(line)
                .param(ids.stream().map(UUID::toString).toArray(String[]::new)).update();
    }
}
