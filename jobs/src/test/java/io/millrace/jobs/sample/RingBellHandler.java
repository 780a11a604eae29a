package io.millrace.jobs.sample;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Notes when each bell rang first, by the database's clock. */
@Component
public class RingBellHandler implements JobHandler<RingBell, @Nullable Void> {

    private final JdbcClient jdbc;
    private final Map<Integer, Instant> rang = Collections.synchronizedMap(new LinkedHashMap<>());

    RingBellHandler(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public @Nullable Void handle(RingBell job, JobExecution execution) {
        var now = jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
        rang.putIfAbsent(job.number(), now);
        return null;
    }

    /** When, by the number of the bell, in the order in which they rang. */
    public Map<Integer, Instant> rang() {
        synchronized (rang) {
            return new LinkedHashMap<>(rang);
        }
    }
}
