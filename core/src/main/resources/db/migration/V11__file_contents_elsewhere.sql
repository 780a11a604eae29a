-- Where a file's content is, whose it is, what it is found to be, and how long it stays.
alter table files
    -- The ContentStore that holds it; a change of millrace.files.store is for new files only.
    add column store         text not null default 'postgres',
    -- The API key that sent it; null for what Millrace made itself, and for what came before this was kept.
    add column owner         text collate "C",
    -- Bytes that file_usage has for it: what was announced, or what has come if that is more; the size when READY.
    add column counted       bigint not null default 0,
    -- What the content itself looks like.
    add column detected_type text,
    add column expires_at    timestamptz,
    add constraint files_store_known check (store in ('postgres', 'folder', 's3')),
    add constraint files_owner_length check (length(owner) between 1 and 100),
    add constraint files_counted_not_negative check (counted >= 0),
    add constraint files_detected_type_length check (length(detected_type) between 1 and 255);

-- The sweep (UnfinishedFiles): what is READY and past its time.
create index files_by_expiry on files (expires_at) where expires_at is not null and state = 'READY';

-- What each key's files take, kept by whoever changes files.counted, in the same commit.
create table file_usage (
    owner text collate "C" not null,
    bytes bigint           not null,
    constraint file_usage_pk primary key (owner),
    constraint file_usage_owner_length check (length(owner) between 1 and 100),
    constraint file_usage_bytes_not_negative check (bytes >= 0)
);
