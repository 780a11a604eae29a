package io.millrace.benchmarks.pages;

import java.sql.SQLException;

/** What stands beside rows of jobs that are there: counts, keys, results, logs, workers, schedules, figures, the audit log. */
final class RowsBeside {

    private static final String COUNTS = """
                                         insert into millrace_jobs.job_counts (state, jobs)
                                         select state, count(*) from millrace_jobs.jobrunr_jobs
                                         where state in ('SUCCEEDED', 'FAILED', 'DELETED') group by state
                                         """;

    private static final String FAILED_BY_QUEUE = """
                                                  insert into millrace_jobs.queue_counts (queue, state, jobs)
                                                  select queue, state, count(*) from millrace_jobs.jobrunr_jobs where state = 'FAILED' group by queue, state
                                                  """;

    /** Keys, results and logs are those of the newest jobs: none stays for long. */
    private static final String UNIQUE_KEYS = """
                                              insert into millrace_jobs.job_unique_keys (type, key, job_id, scope, taken_at, sweep_at)
                                              select type, 'order-' || right(id, 12), id::uuid, 'WHILE_WAITING_OR_RUNNING', createdAt, now() + interval '1 day'
                                              from millrace_jobs.jobrunr_jobs where hashtext(id) % 10 = 1 and createdAt > now() at time zone 'UTC' - interval '1 day'
                                              on conflict do nothing
                                              """;

    private static final String IDEMPOTENCY_KEYS = """
                                                   insert into millrace_jobs.job_idempotency_keys (key, request, job_id, expires_at)
                                                   select 'request-' || id, sha256(id::bytea), id::uuid, now() + interval '1 day'
                                                   from millrace_jobs.jobrunr_jobs where createdAt > now() at time zone 'UTC' - interval '1 day'
                                                   """;

    private static final String RESULTS = """
                                          insert into millrace_jobs.job_results (job_id, type, result, created_at, expires_at)
                                          select id::uuid, type, '{"sent":true,"messageId":"' || id || '"}', updatedAt, now() + interval '1 day'
                                          from millrace_jobs.jobrunr_jobs where state = 'SUCCEEDED' and createdAt > now() at time zone 'UTC' - interval '1 day'
                                          """;

    private static final String PROGRESS = """
                                           insert into millrace_jobs.job_progress (job_id, place, run, done, total)
                                           select id::uuid, 1, 1, 57, 100 from millrace_jobs.jobrunr_jobs where hashtext(id) % 10 = 2 and createdAt > now() at time zone 'UTC' - interval '1 day'
                                           """;

    private static final String LOG_LINES = """
                                            insert into millrace_jobs.job_log_lines (job_id, run, line, place, said_at, text)
                                            select id::uuid, 2, line, 1, createdAt, 'looked at line ' || line || ' of the order'
                                            from millrace_jobs.jobrunr_jobs cross join generate_series(1, 5) as line
                                            where hashtext(id) % 10 = 2 and createdAt > now() at time zone 'UTC' - interval '1 day'
                                            """;

    /** Of tomorrow, so that they live as long as this takes. */
    private static final String WORKERS = """
                                          insert into millrace_jobs.job_workers (id, name, number, beat_at)
                                          select ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 'worker-' || i, null, now() + interval '1 day'
                                          from generate_series(0, 59) as i
                                          """;

    private static final String FACTS = """
                                        insert into millrace_jobs.job_worker_facts (id, name, version, host, queues, slots)
                                        select id, name, '1.4.0', 'host-' || name, array['*'], 64 from millrace_jobs.job_workers
                                        """;

    private static final String SCHEDULES = """
                                            insert into millrace_jobs.job_schedules (id, type, payload, cron, zone, anchor, paused, labels, missed_runs,
                                                overlap, next_run_at, look_at, created_at, updated_at)
                                            select 'schedule-' || i, 'job-type-' || 1 + i % 19, '{}', '30 2 * * *', 'Europe/Berlin', now(), false, '{}', 'ONCE',
                                                'SKIP', now() + interval '1 hour', now() + interval '1 hour', now(), now()
                                            from generate_series(1, 200) as i
                                            """;

    /** Each type in its queue, all the time that each span is kept. Sixteen buckets with a few runs in each, as stored by {@code Histogram}. */
    private static final String FIGURES = """
                                          insert into millrace_jobs.job_figures (span, at, type, queue, enqueued, started, succeeded, failed, retried, crashed,
                                              timed_out, waits, runs)
                                          select span, at, 'job-type-' || kind,
                                              (array['default', 'mail', 'files', 'imports', 'webhooks', 'billing', 'search'])[1 + kind % 7],
                                              span * 20, span * 20, span * 19, span, 0, 0, 0, histogram, histogram
                                          from (values (10, interval '2 hours'), (60, interval '25 hours'), (300, interval '8 days'), (3600, interval '8 days'))
                                                  as spans (span, kept),
                                              lateral generate_series(
                                                  date_bin(make_interval(secs => span), now() - kept, timestamptz 'epoch'), now(), make_interval(secs => span))
                                                  as at,
                                              generate_series(1, 19) as kind,
                                              (select decode(repeat('0305', 1) || '3c07' || repeat('0109', 14), 'hex') as histogram) as one
                                          """;

    private static final String AUDIT = """
                                        insert into millrace_jobs.operator_actions (at, who, role, action, target, came_from, outcome)
                                        select now() - i * interval '10 minutes', 'ann', 'OPERATOR', 'retry-job', 'job ' || i, '10.0.0.7', 'done'
                                        from generate_series(1, 20000) as i
                                        """;

    private RowsBeside() {
    }

    static void fill(JobRows rows) throws SQLException {
        rows.execute("vacuum (freeze, analyze) millrace_jobs.jobrunr_jobs", "set synchronous_commit = off", COUNTS,
                FAILED_BY_QUEUE, UNIQUE_KEYS, IDEMPOTENCY_KEYS, RESULTS, PROGRESS,
                LOG_LINES, WORKERS, FACTS, SCHEDULES, FIGURES, AUDIT);
    }
}
