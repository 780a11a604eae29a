-- The strongest lock first, as V16 says: indexes are dropped below.
lock table jobrunr_jobs in access exclusive mode;

-- The dequeue, as V9 has it, and how many of each type wait (LookAtTypes) without a look at their rows.
drop index jobrunr_jobs_waiting_in_queue;
create index jobrunr_jobs_waiting_in_queue
    on jobrunr_jobs (queue, (updatedAt - priority * interval '1 minute'), id) include (type)
    where state = 'ENQUEUED' and concurrencyKey is null;
drop index jobrunr_jobs_waiting_limited;
create index jobrunr_jobs_waiting_limited
    on jobrunr_jobs (queue, concurrencyKey, concurrencyLimit, (updatedAt - priority * interval '1 minute'), id) include (type)
    where state = 'ENQUEUED' and concurrencyKey is not null;

-- What processes have written down and nobody has folded yet (WriteFigures, FoldFigures): rows are only added, so that nobody waits for
-- another's. Waits and runs are histograms: for each of Buckets that has any, how many further it is than the last one and how many it
-- has, as unsigned LEB128.
create table new_job_figures
(
    at        timestamptz      not null,
    type      text collate "C" not null,
    queue     text collate "C" not null,
    enqueued  bigint           not null,
    started   bigint           not null,
    succeeded bigint           not null,
    failed    bigint           not null,
    retried   bigint           not null,
    crashed   bigint           not null,
    timed_out bigint           not null,
    waits     bytea            not null,
    runs      bytea            not null
);

-- As V11 has it for job_counts: each fold makes all of its rows dead.
alter table new_job_figures set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- The oldest are folded first (FoldFigures), and a window's are read (PostgresJobFigures, QueueFigures).
create index new_job_figures_at on new_job_figures (at);

-- The same, folded: what happened in a span of so many seconds that begins then. Each event is in a row of each span, until that span's rows
-- are dropped for their age (Span).
create table job_figures
(
    span      integer          not null,
    at        timestamptz      not null,
    type      text collate "C" not null,
    queue     text collate "C" not null,
    enqueued  bigint           not null,
    started   bigint           not null,
    succeeded bigint           not null,
    failed    bigint           not null,
    retried   bigint           not null,
    crashed   bigint           not null,
    timed_out bigint           not null,
    waits     bytea            not null,
    runs      bytea            not null,
    -- Also all of a window (PostgresJobFigures.byType), and what is too old (FoldFigures).
    constraint job_figures_pk primary key (span, at, type, queue),
    constraint job_figures_span_known check (span in (10, 60, 300, 3600))
);

-- A row is updated until its time is over and every process has written: room for its next version on the same page.
alter table job_figures set (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- One type over time (PostgresJobFigures.ofType).
create index job_figures_of_type on job_figures (type, span, at);

-- One queue over time (PostgresJobFigures.ofQueue).
create index job_figures_of_queue on job_figures (queue, span, at);

-- The last look at all queues and types (ClusterFigures), in its only row, and who may make the next one, and when (LookInTurn).
create table cluster_figures
(
    id           boolean          not null default true,
    looker       uuid,
    look_ends_by timestamptz,
    next_look_at timestamptz      not null,
    took         double precision not null default 0,
    taken_at     timestamptz,
    snapshot     jsonb,
    constraint cluster_figures_pk primary key (id),
    constraint cluster_figures_is_one check (id),
    constraint cluster_figures_whole check ((taken_at is null) = (snapshot is null))
);

alter table cluster_figures set (fillfactor = 20);

insert into cluster_figures (next_look_at) values (clock_timestamp());
