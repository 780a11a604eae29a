-- The job that must have ended before this one starts; null for nearly all. The dequeue finds it by its primary key.
alter table jobrunr_jobs
    add column runAfter nchar(36);

-- Which job an idempotency key stands for, until it expires.
create table job_idempotency_keys
(
    key        text        not null,
    request    bytea       not null,
    job_id     uuid        not null,
    expires_at timestamptz not null,
    constraint job_idempotency_keys_pk primary key (key)
);

-- The sweep of expired keys (IdempotencyKeys.deleteExpired).
create index job_idempotency_keys_expiry on job_idempotency_keys (expires_at);

-- The last job that was enqueued with a unique key. Whether it still holds the key, its own row says, or the end of its
-- period.
create table job_unique_keys
(
    type        text        not null,
    key         text        not null,
    job_id      uuid        not null,
    scope       text        not null,
    period_ends timestamptz,
    taken_at    timestamptz not null,
    sweep_at    timestamptz not null,
    constraint job_unique_keys_pk primary key (type, key),
    constraint job_unique_keys_scope check (scope in ('WHILE_WAITING', 'WHILE_WAITING_OR_RUNNING', 'FOR_PERIOD')),
    constraint job_unique_keys_period check ((scope = 'FOR_PERIOD') = (period_ends is not null))
);

-- The sweep of keys that no job holds any more (KeySweep.sweep).
create index job_unique_keys_sweep on job_unique_keys (sweep_at);

-- The key of a job that is cancelled (CancelJob).
create index job_unique_keys_job on job_unique_keys (job_id);
