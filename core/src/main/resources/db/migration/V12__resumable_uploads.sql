-- What is known of an upload that comes in several requests (tus), beside its row in files. The row stays for as long as
-- the file does: who lost the answer to the last request still learns of the job.
create table resumable_uploads (
    file_id       uuid        not null,
    -- Bytes, as announced.
    length        bigint      not null,
    -- How many bytes surely are in the store. It reaches the length in the commit that makes the file READY.
    received      bigint      not null default 0,
    -- As the client gave it, to be given back.
    metadata      text        not null,
    -- What is to become of the file.
    process       text        not null,
    job_id        uuid,
    -- The request that may write; a newer one puts itself in its place.
    writer        uuid,
    -- While it writes a piece nobody else may take its place; in the future only then.
    writing_until timestamptz not null default '-infinity',
    expires_at    timestamptz not null,
    constraint resumable_uploads_pk primary key (file_id),
    constraint resumable_uploads_file_fk foreign key (file_id) references files (id) on delete cascade,
    constraint resumable_uploads_received_within_length check (received between 0 and length),
    constraint resumable_uploads_metadata_length check (length(metadata) <= 16384),
    constraint resumable_uploads_process_length check (length(process) between 1 and 50)
);
