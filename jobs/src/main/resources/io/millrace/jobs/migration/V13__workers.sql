-- Whose a PROCESSING job is (StartJobs, RescueJobs); of any other state it says nothing. No index: what is PROCESSING comes
-- from jobrunr_jobs_state_updated_idx, and each index is written three times in a job's life.
alter table jobrunr_jobs
    add column worker uuid;

-- The workers that live, each with the time of its last heartbeat, and the number of the advisory lock that its session
-- holds (Heartbeat); null where it holds none, as behind a pooler in transaction mode.
create table job_workers
(
    id      uuid        not null,
    name    text        not null,
    number  integer,
    beat_at timestamptz not null,
    constraint job_workers_pk primary key (id)
);

-- Each row is updated every second, and few are there: room for the next versions on the same page.
alter table job_workers set (fillfactor = 20, autovacuum_vacuum_threshold = 1000);

-- A number for each session, so that nobody waits for the lock of one that has not ended yet.
create sequence job_worker_numbers as integer cycle;
