-- Who may call the API. Secrets are in no table, only what they are recognised by.
create table api_keys
(
    -- Part of the key's text, shown in lists and logs, and what a job names as who enqueued it.
    id            text collate "C" not null,
    name          text             not null,
    scopes        text[]           not null,
    -- Empty for all.
    job_types     text[]           not null default '{}',
    queues        text[]           not null default '{}',
    rate_requests bigint,
    rate_seconds  bigint,
    quota_bytes   bigint,
    quota_seconds bigint,
    created_at    timestamptz      not null default clock_timestamp(),
    -- The id of another key, or configured, open or command.
    created_by    text             not null,
    expires_at    timestamptz,
    revoked_at    timestamptz,
    constraint api_keys_pk primary key (id),
    constraint api_keys_id_form check (id ~ '^[0-9a-z]{12}$'),
    constraint api_keys_name_length check (length(name) between 1 and 100),
    constraint api_keys_scopes_known check (cardinality(scopes) > 0 and scopes <@ array ['enqueue', 'read', 'operate']),
    constraint api_keys_rate_whole check ((rate_requests is null) = (rate_seconds is null) and rate_requests > 0 and rate_seconds > 0),
    constraint api_keys_quota_whole check ((quota_bytes is null) = (quota_seconds is null) and quota_bytes > 0 and quota_seconds > 0)
);

-- ApiKeyStore.list reads a page of (created_at, id) < (…) backwards.
create index api_keys_by_age on api_keys (created_at, id) where revoked_at is null;

-- More than one of a key only while an old one overlaps with the one that takes its place.
create table api_key_secrets
(
    -- SHA-256.
    digest      bytea not null,
    key_id      text collate "C" not null,
    valid_until timestamptz,
    constraint api_key_secrets_pk primary key (digest),
    constraint api_key_secrets_key foreign key (key_id) references api_keys (id) on delete cascade,
    constraint api_key_secrets_digest_length check (length(digest) = 32)
);

-- ApiKeyStore.rotate ends the earlier secrets of a key.
create index api_key_secrets_of_key on api_key_secrets (key_id);

-- Apart from the keys, because it is written all the time, and nobody has to be told.
create table api_key_uses
(
    key_id       text collate "C" not null,
    last_used_at timestamptz      not null,
    constraint api_key_uses_pk primary key (key_id),
    constraint api_key_uses_key foreign key (key_id) references api_keys (id) on delete cascade
);

-- How much of a rate or a quota has been handed out to API processes in the window that runs.
create table api_key_windows
(
    key_id     text collate "C" not null,
    policy     text             not null,
    started_at timestamptz      not null,
    handed_out bigint           not null,
    constraint api_key_windows_pk primary key (key_id, policy),
    constraint api_key_windows_key foreign key (key_id) references api_keys (id) on delete cascade,
    constraint api_key_windows_not_negative check (handed_out >= 0)
);

-- One row, by which each API process asks whether what it knows of the keys is still so.
create table api_key_changes
(
    version bigint not null
);
insert into api_key_changes (version) values (0);

create function note_api_key_change() returns trigger language plpgsql as
$$
begin
    update api_key_changes set version = version + 1;
    return null;
end
$$;

create trigger api_keys_changed after insert or update or delete or truncate on api_keys
    for each statement execute function note_api_key_change();
create trigger api_key_secrets_changed after insert or update or delete or truncate on api_key_secrets
    for each statement execute function note_api_key_change();
