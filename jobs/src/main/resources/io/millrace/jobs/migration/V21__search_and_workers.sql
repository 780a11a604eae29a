-- The strongest lock first: V16 says why. Of job_workers nothing is changed here: its workers could not say that they live meanwhile.
lock table jobrunr_jobs in access exclusive mode;

-- What the last failure of a job says (ErrorText); null for those that never failed, which are nearly all and cost nothing, and for
-- those that failed under an earlier version. It stays when the job runs again, and when that succeeds.
alter table jobrunr_jobs
    add column error text;

-- The jobs that have failed and have not succeeded since, newest first (JobListing, by error text and of FAILED ones).
create index jobrunr_jobs_troubled on jobrunr_jobs (createdAt, id)
    where state = 'FAILED' or error is not null and state <> 'SUCCEEDED';

-- The jobs of a concurrency key, newest first (JobListing); most jobs have none.
create index jobrunr_jobs_limited_newest on jobrunr_jobs (concurrencyKey, createdAt, id)
    where concurrencyKey is not null;

-- What workers say of themselves when they start, beside the row in job_workers that is written each second. It stays for an hour
-- after others have put back the jobs of one that died (RescueJobs), with the time it was last heard of; of one that has left nothing
-- stays (RegisterWorker).
create table job_worker_facts
(
    id         uuid        not null,
    name       text        not null,
    version    text,
    host       text,
    queues     text[]      not null,
    slots      integer     not null,
    started_at timestamptz not null default now(),
    died_at    timestamptz,
    constraint job_worker_facts_pk primary key (id)
);
