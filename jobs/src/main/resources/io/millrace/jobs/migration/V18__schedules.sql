-- Recurring jobs (JobSchedules): what is put into the queue, and when next. A row is locked by whoever puts its job there, and
-- moved on in the same transaction (DueSchedules).
create table job_schedules
(
    id           text collate "C" not null,
    type         text             not null,
    payload      text             not null,
    cron         text,
    every_ms     bigint,
    zone         text             not null,
    -- Where the grid of every_ms begins.
    anchor       timestamptz      not null,
    paused       boolean          not null,
    queue        text,
    priority     integer,
    max_attempts integer,
    labels       text[]           not null,
    missed_runs  text             not null,
    overlap      text             not null,
    created_by   text,
    next_run_at  timestamptz,
    -- When a worker looks at it: at its next run, or later where that could not be queued.
    look_at      timestamptz,
    last_run_at  timestamptz,
    last_job_id  uuid,
    error        text,
    created_at   timestamptz      not null,
    updated_at   timestamptz      not null,
    constraint job_schedules_pk primary key (id),
    constraint job_schedules_cron_or_every check ((cron is null) <> (every_ms is null)),
    constraint job_schedules_every_in_range check (every_ms >= 1000),
    constraint job_schedules_missed_runs_known check (missed_runs in ('ONCE', 'SKIP', 'ALL')),
    constraint job_schedules_overlap_known check (overlap in ('ALLOW', 'SKIP')),
    constraint job_schedules_paused_not_due check (not paused or next_run_at is null),
    constraint job_schedules_looked_at_when_due check ((look_at is null) = (next_run_at is null))
);

-- Rows are updated at each of their times: room for the next versions.
alter table job_schedules set (fillfactor = 70);

-- What is due, and what is next, of the types that a worker knows (DueSchedules).
create index job_schedules_due on job_schedules (type, look_at) where look_at is not null;

-- The listing, newest first (PostgresJobSchedules).
create index job_schedules_by_age on job_schedules (created_at, id);
