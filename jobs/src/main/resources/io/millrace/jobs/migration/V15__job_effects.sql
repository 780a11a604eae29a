-- The effects outside Postgres that the runs of a job have begun, and what those came to that are done, by primary key
-- (EffectLedger). They go with the job, as what V14 has made does. The run is the one that has called the action last.
create table job_effects
(
    job_id   uuid        not null,
    name     text        not null,
    run      integer     not null,
    begun_at timestamptz not null default clock_timestamp(),
    done_at  timestamptz,
    value    text,
    constraint job_effects_pk primary key (job_id, name),
    constraint job_effects_name_in_range check (char_length(name) between 1 and 100),
    constraint job_effects_value_when_done check ((done_at is null) = (value is null))
);
