-- A file is a row here and its content in chunks, so that neither a writer nor a reader ever holds a whole file in
-- memory or a transaction open while the other end of the line is slow.
create table files (
    id           uuid        not null,
    -- UPLOADING and DELETING are seen by the store alone; to everybody else a file is READY or does not exist.
    state        text        not null,
    name         text        not null,
    content_type text,
    size         bigint,
    sha256       text,
    created_at   timestamptz not null default now(),
    -- When the last chunk came, or when the removal began: what stands still for too long is swept.
    touched_at   timestamptz not null default now(),
    constraint files_pk primary key (id),
    constraint files_state_known check (state in ('UPLOADING', 'READY', 'DELETING')),
    constraint files_name_length check (length(name) between 1 and 255),
    constraint files_content_type_length check (length(content_type) between 1 and 255),
    constraint files_size_not_negative check (size >= 0),
    constraint files_sha256_hex check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint files_ready_is_complete check (state <> 'READY' or (size is not null and sha256 is not null))
);

-- The sweep (UnfinishedFiles): what is not READY, a handful of rows among millions. touched_at is left out on purpose:
-- it changes with every chunk, and an index on it would cost each of those updates an index entry.
create index files_unfinished on files (id) where state <> 'READY';

create table file_chunks (
    file_id uuid    not null,
    -- 0, 1, 2, … without a gap. Every chunk but the last is 262144 bytes, so a position's chunk is known by division.
    seq     integer not null,
    bytes   bytea   not null,
    -- Also the order in which a reader asks (FileContent).
    constraint file_chunks_pk primary key (file_id, seq),
    constraint file_chunks_file_fk foreign key (file_id) references files (id),
    constraint file_chunks_seq_not_negative check (seq >= 0),
    constraint file_chunks_bytes_length check (length(bytes) between 1 and 262144)
);

-- Out of line and uncompressed: spares an attempt at compressing every chunk, and reading is a plain copy.
alter table file_chunks alter column bytes set storage external;
