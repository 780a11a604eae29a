package io.millrace.local.outage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobExecution;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

/** What the workers have done: a line for each time that a job's handler came so far. */
record Ledger(JdbcClient jdbc) {

    void create() {
        jdbc.sql("""
                 create table ledger (job text, kind text, attempt int, at timestamptz default clock_timestamp());
                 create index on ledger (at)
                 """).update();
    }

    void write(JobExecution execution, String kind) {
        jdbc.sql("insert into ledger (job, kind, attempt) values (?, ?, ?)")
                .params(execution.id().toString(), kind, execution.attempt()).update();
    }

    long count(String kind) {
        return jdbc.sql("select count(*) from ledger where kind = ?").param(kind).query(Long.class).single();
    }

    /** How many lines each job has. */
    Map<UUID, Integer> lines() {
        return jdbc.sql("select job, count(*) as lines from ledger group by job")
                .query((row, _) -> Map.entry(UUID.fromString(row.getString("job")), row.getInt("lines"))).list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Of one kind. */
    Set<UUID> jobs(String kind) {
        return jdbc.sql("select distinct job from ledger where kind = ?").param(kind).query(String.class).list()
                .stream()
                .map(UUID::fromString).collect(toSet());
    }

    /** When the first line after that time was written, if there is one. */
    List<Instant> firstAfter(Instant time) {
        return jdbc.sql("select at from ledger where at > ? order by at limit 1")
                .param(OffsetDateTime.ofInstant(time, ZoneOffset.UTC))
                .query((row, _) -> row.getObject("at", OffsetDateTime.class).toInstant()).list();
    }

    /** How many of the jobs there are in each state. */
    Map<String, Long> states(Set<UUID> jobs) {
        return jdbc
                .sql("select state, count(*) as jobs from millrace_jobs.jobrunr_jobs where id = any (?) group by state")
                .param(jobs.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, _) -> Map.entry(row.getString("state"), row.getLong("jobs"))).list().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
