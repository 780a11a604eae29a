-- To whom no mail goes.
create table mail_suppressions (
    id         uuid        not null,
    -- In small letters, the domain in ASCII (SuppressedAddress).
    address    text        not null,
    -- What kind of mail; null for all of it.
    category   text,
    reason     text        not null,
    created_at timestamptz not null default now(),
    constraint mail_suppressions_pk primary key (id),
    -- Also how Suppressions.against looks recipients up before each mail.
    constraint mail_suppressions_address_key unique nulls not distinct (address, category),
    constraint mail_suppressions_address_length check (length(address) between 3 and 1300),
    constraint mail_suppressions_category_form check (category ~ '^[a-z0-9][a-z0-9-]{0,49}$'),
    constraint mail_suppressions_reason_known check (reason in ('HARD_BOUNCE', 'UNSUBSCRIBED', 'MANUAL'))
);

-- Suppressions.list reads a page of (created_at, id) < (…) backwards.
create index mail_suppressions_by_age on mail_suppressions (created_at, id);
