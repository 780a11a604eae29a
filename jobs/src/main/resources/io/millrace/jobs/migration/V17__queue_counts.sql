-- How many FAILED jobs each queue has, and how many of its jobs ended of late (QueueFigures): the sum of its rows, which are only
-- added, as those of job_counts, and folded with them. Where they came to an end by a run, ended says in which ten seconds; of
-- SUCCEEDED jobs nothing else is kept.
create table queue_counts
(
    queue text   not null,
    state text   not null,
    jobs  bigint not null,
    ended timestamptz,
    constraint queue_counts_of_ended_jobs check (state in ('SUCCEEDED', 'FAILED'))
);

-- As V11 has it for job_counts.
alter table queue_counts set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- Nobody writes between the first count and the triggers' next; and the strongest lock first, as V16 says: an index is dropped below.
lock table jobrunr_jobs in access exclusive mode;

create or replace function count_inserted_job() returns trigger
    language plpgsql as
$$
begin
    insert into ${flyway:defaultSchema}.job_counts (state, jobs) values (new.state, 1);
    if new.state = 'FAILED' then
        insert into ${flyway:defaultSchema}.queue_counts (queue, state, jobs) values (new.queue, 'FAILED', 1);
    end if;
    return null;
end
$$;

-- What ends is more than what comes back in one statement: those that run jobs only end them, and retention ends none.
create or replace function count_updated_jobs() returns trigger
    language plpgsql as
$$
begin
    with changes as materialized (
        select queue, state, sum(change) as jobs
        from (select queue, state, 1 as change from updated where state in ('SUCCEEDED', 'FAILED', 'DELETED')
              union all
              select queue, state, -1 from outdated where state in ('SUCCEEDED', 'FAILED', 'DELETED')) changes
        group by queue, state
        having sum(change) <> 0),
    by_queue as (
        insert into ${flyway:defaultSchema}.queue_counts (queue, state, jobs, ended)
        select queue, state, jobs,
               case when jobs > 0 then date_bin('10 seconds', clock_timestamp(), timestamptz 'epoch') end
        from changes
        where state = 'FAILED' or (state = 'SUCCEEDED' and jobs > 0))
    insert into ${flyway:defaultSchema}.job_counts (state, jobs)
    select state, sum(jobs)
    from changes
    group by state
    having sum(jobs) <> 0;
    return null;
end
$$;

create or replace function count_deleted_jobs() returns trigger
    language plpgsql as
$$
begin
    insert into ${flyway:defaultSchema}.job_counts (state, jobs)
    select state, -count(*)
    from deleted
    where state in ('SUCCEEDED', 'FAILED', 'DELETED')
    group by state;
    insert into ${flyway:defaultSchema}.queue_counts (queue, state, jobs)
    select queue, 'FAILED', -count(*)
    from deleted
    where state = 'FAILED'
    group by queue;
    return null;
end
$$;

create or replace function count_no_jobs() returns trigger
    language plpgsql as
$$
begin
    delete from ${flyway:defaultSchema}.job_counts;
    delete from ${flyway:defaultSchema}.queue_counts;
    return null;
end
$$;

insert into queue_counts (queue, state, jobs)
select queue, state, count(*)
from jobrunr_jobs
where state = 'FAILED'
group by queue, state;

-- What is due (DueJobs), as V2 has it, and how many of each queue are scheduled (QueueFigures) without a look at their rows.
drop index jobrunr_jobs_due;
create index jobrunr_jobs_due on jobrunr_jobs (scheduledAt) include (queue) where state = 'SCHEDULED';
