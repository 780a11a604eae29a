-- How many jobs of a key may be PROCESSING at once for this one to start; null for nearly all (LimitedJobs).
alter table jobrunr_jobs
    add column concurrencyKey   text collate "C",
    add column concurrencyLimit integer,
    add constraint jobrunr_jobs_concurrency_limit_positive check (concurrencyLimit >= 1),
    add constraint jobrunr_jobs_concurrency_limit_with_key check ((concurrencyKey is null) = (concurrencyLimit is null));

-- The dequeue of one queue's jobs without a limit (UnlimitedJobs), as V7 has it; those with one would stand in its way where
-- their key is full. The names of the queues come from it as well (OpenQueues).
drop index jobrunr_jobs_waiting_in_queue;
create index jobrunr_jobs_waiting_in_queue
    on jobrunr_jobs (queue, (updatedAt - priority * interval '1 minute'), id)
    where state = 'ENQUEUED' and concurrencyKey is null;

-- The dequeue of those with one (LimitedJobs): which keys wait in a queue, and the first of each.
create index jobrunr_jobs_waiting_limited
    on jobrunr_jobs (queue, concurrencyKey, concurrencyLimit, (updatedAt - priority * interval '1 minute'), id)
    where state = 'ENQUEUED' and concurrencyKey is not null;

-- How many jobs of a key run (LimitedJobs).
create index jobrunr_jobs_running_limited
    on jobrunr_jobs (concurrencyKey)
    where state = 'PROCESSING' and concurrencyKey is not null;

-- Of how many jobs of a queue may start in a time, and when the next one is due if none were started ahead (QueueRates).
create table queue_rates
(
    name   text        not null,
    jobs   integer     not null,
    per    interval    not null,
    due_at timestamptz not null,
    constraint queue_rates_pk primary key (name),
    constraint queue_rates_positive check (jobs >= 1 and per > interval '0')
);

-- It is updated at each fetch from its queue, and small: room for its next versions on the same page.
alter table queue_rates set (fillfactor = 20, autovacuum_vacuum_threshold = 1000);
