-- Invalidations of the cache that Redis may not know of yet, written with the change that they follow from.
create table cache_invalidations
(
    id       bigint generated always as identity,
    line     text        not null,
    noted_at timestamptz not null default clock_timestamp(),
    constraint cache_invalidations_pk primary key (id)
);
