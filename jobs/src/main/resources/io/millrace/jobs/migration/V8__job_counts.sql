-- How many jobs are SUCCEEDED, FAILED and DELETED: the sum of a state's rows. Rows are only added, so that nobody waits for
-- another's transaction, and folded into one per state now and then (JobCounts.fold). Jobs of the other states are counted
-- when somebody asks: they are few, and counting each as it is enqueued would cost more than the answer is worth.
create table job_counts
(
    state text   not null,
    jobs  bigint not null,
    constraint job_counts_of_finished_jobs check (state in ('SUCCEEDED', 'FAILED', 'DELETED'))
);

create function count_inserted_job() returns trigger
    language plpgsql as
$$
begin
    insert into ${flyway:defaultSchema}.job_counts (state, jobs) values (new.state, 1);
    return null;
end
$$;

create function count_updated_jobs() returns trigger
    language plpgsql as
$$
begin
    insert into ${flyway:defaultSchema}.job_counts (state, jobs)
    select state, sum(change)
    from (select state, 1 as change from updated where state in ('SUCCEEDED', 'FAILED', 'DELETED')
          union all
          select state, -1 from outdated where state in ('SUCCEEDED', 'FAILED', 'DELETED')) changes
    group by state
    having sum(change) <> 0;
    return null;
end
$$;

create function count_deleted_jobs() returns trigger
    language plpgsql as
$$
begin
    insert into ${flyway:defaultSchema}.job_counts (state, jobs)
    select state, -count(*)
    from deleted
    where state in ('SUCCEEDED', 'FAILED', 'DELETED')
    group by state;
    return null;
end
$$;

create function count_no_jobs() returns trigger
    language plpgsql as
$$
begin
    delete from ${flyway:defaultSchema}.job_counts;
    return null;
end
$$;

-- The condition is looked at without a call: what is enqueued needs none.
create trigger jobrunr_jobs_count_inserted
    after insert on jobrunr_jobs
    for each row when (new.state in ('SUCCEEDED', 'FAILED', 'DELETED'))
    execute function count_inserted_job();

create trigger jobrunr_jobs_count_updated
    after update on jobrunr_jobs
    referencing old table as outdated new table as updated
    for each statement execute function count_updated_jobs();

create trigger jobrunr_jobs_count_deleted
    after delete on jobrunr_jobs
    referencing old table as deleted
    for each statement execute function count_deleted_jobs();

create trigger jobrunr_jobs_count_truncated
    after truncate on jobrunr_jobs
    for each statement execute function count_no_jobs();

-- Nobody writes between this and the triggers: making them locked the table.
insert into job_counts (state, jobs)
select state, count(*)
from jobrunr_jobs
where state in ('SUCCEEDED', 'FAILED', 'DELETED')
group by state;
