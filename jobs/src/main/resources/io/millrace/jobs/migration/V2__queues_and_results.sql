-- What JobRunr's rows lack: the job type, its queue and its priority.
alter table jobrunr_jobs
    add column type     text,
    add column queue    text    not null default 'default',
    add column priority integer not null default 0,
    add column unreadable text,
    add constraint jobrunr_jobs_priority_in_range check (priority between -1000 and 1000);

-- The dequeue: the highest priority first, within it the longest waiting (JobStore.getJobsToProcess).
create index jobrunr_jobs_waiting on jobrunr_jobs (priority desc, updatedAt, id) where state = 'ENQUEUED';

-- What is due (JobStore.promoteDueJobs).
create index jobrunr_jobs_due on jobrunr_jobs (scheduledAt) where state = 'SCHEDULED';

create table job_results
(
    job_id     uuid        not null,
    type       text        not null,
    result     text        not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    constraint job_results_pk primary key (job_id)
);

-- The sweep of expired results (PostgresJobResults.deleteExpired).
create index job_results_expiry on job_results (expires_at);
