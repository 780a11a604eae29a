-- How far each import-users job has come. A chunk of users and the step of this row are one transaction, so that a run which
-- was killed is gone on with where its last chunk ended. There is no foreign key to the file, which may be deleted.
create table user_imports (
    -- The job's: another job with the same file is another import.
    job_id          uuid        not null,
    file_id         uuid        not null,
    -- The number of the last row of the file that is done with, blank ones and the header counted.
    last_row        bigint      not null default 0,
    imported        bigint      not null default 0,
    already_there   bigint      not null default 0,
    rejected        bigint      not null default 0,
    rejects_file_id uuid,
    touched_at      timestamptz not null default now(),
    -- Null while there is more to do.
    finished_at     timestamptz,
    constraint user_imports_pk primary key (job_id),
    constraint user_imports_counts check (
        imported >= 0 and already_there >= 0 and rejected >= 0 and imported + already_there + rejected <= last_row),
    constraint user_imports_rejects_at_the_end check (rejects_file_id is null or finished_at is not null)
);

-- What an import could not take, until it has become a file.
create table user_import_rejects (
    job_id     uuid   not null,
    row_number bigint not null,
    reason     text   not null,
    -- As it stands in the file, but cut.
    original   text   not null,
    -- Also the order in which the file is written (RejectRows).
    constraint user_import_rejects_pk primary key (job_id, row_number),
    constraint user_import_rejects_import_fk foreign key (job_id) references user_imports (job_id) on delete cascade
);
