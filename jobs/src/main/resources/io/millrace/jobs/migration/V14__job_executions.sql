-- What the runs of a job say and keep, beside its row, which is too big to be written each second. It goes with the row
-- (Retention); foreign keys would look for it at the removal of each job, one by one, where one statement can for many.

-- How far runs are. The place is that of the run in the job's history, where the dashboard shows it; one that takes over
-- the place of a run that was put off takes over its row (WriteReports).
create table job_progress
(
    job_id  uuid        not null,
    place   integer     not null,
    run     integer     not null,
    done    bigint      not null,
    total   bigint      not null,
    said_at timestamptz not null default clock_timestamp(),
    constraint job_progress_pk primary key (job_id, place),
    constraint job_progress_in_range check (done between 0 and total)
);

-- Each row is updated every second while its job runs: room for its next versions on the same page.
alter table job_progress set (fillfactor = 50);

-- The newest lines of the logs of a job's runs, in order by its primary key (JobTraces). A run is the version of the job as
-- which it was taken; a line's number is the one that it has in its run, kept or not.
create table job_log_lines
(
    job_id  uuid        not null,
    run     integer     not null,
    line    integer     not null,
    place   integer     not null,
    said_at timestamptz not null,
    text    text        not null,
    constraint job_log_lines_pk primary key (job_id, run, line)
);

-- How far jobs are as their next run has to know it, and which run has said so (Checkpoints).
create table job_checkpoints
(
    job_id   uuid        not null,
    run      integer     not null,
    value    text        not null,
    saved_at timestamptz not null default clock_timestamp(),
    constraint job_checkpoints_pk primary key (job_id)
);
