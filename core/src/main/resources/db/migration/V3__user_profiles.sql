-- What a user tells of themselves, and how they want to be treated: apart from users, which is read far more often. A row
-- is there once something has been set; without one the defaults below hold (UserProfiles repeats them).
create table user_profiles (
    user_id  uuid not null,
    bio      text,
    -- An IANA zone, e.g. Europe/Zurich.
    timezone text,
    constraint user_profiles_pk primary key (user_id),
    constraint user_profiles_user_fk foreign key (user_id) references users (id) on delete cascade,
    constraint user_profiles_bio_length check (length(bio) between 1 and 2000),
    constraint user_profiles_timezone_length check (length(timezone) between 1 and 64)
);

create table user_settings (
    user_id         uuid    not null,
    -- A language tag of BCP 47, e.g. de-CH.
    locale          text    not null default 'en',
    marketing_mails boolean not null default false,
    constraint user_settings_pk primary key (user_id),
    constraint user_settings_user_fk foreign key (user_id) references users (id) on delete cascade,
    constraint user_settings_locale_length check (length(locale) between 2 and 35)
);

-- Users.list reads a page of (created_at, id) < (…) backwards, an export reads all users in this order.
create index users_by_age on users (created_at, id);
