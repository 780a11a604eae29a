create table users (
    id         uuid        not null,
    email      text        not null,
    full_name  text        not null,
    created_at timestamptz not null default now(),
    version    integer     not null default 1,
    constraint users_pk primary key (id),
    constraint users_email_length check (length(email) between 3 and 254),
    constraint users_full_name_length check (length(full_name) between 1 and 200)
);

-- Two registrations of one address, in whatever case, race for this index; Users reads its name in the refusal.
create unique index users_email_lower_key on users (lower(email));
