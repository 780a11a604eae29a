-- Which types, queues and labels the jobs of one stretch of time have that are next to each other among all jobs (JobZones), so that a search
-- passes over the stretches that have none of what it looks for. Each begins where the one before it ends. Null: too many different ones to say.
create table job_zones
(
    begins timestamp not null,
    ends   timestamp not null,
    types  text[],
    queues text[],
    labels text[],
    constraint job_zones_pk primary key (begins),
    constraint job_zones_begins_before_its_end check (begins < ends)
);

-- Jobs that came into a stretch when it may have been written down already, or changed then: they count as stretches of their own until MapZones
-- has added them to theirs.
create table job_zone_strays
(
    at     timestamp not null,
    type   text,
    queue  text,
    labels text[]
);
-- Those before a time: the newest of them (JobZones), and those to be added (MapZones).
create index job_zone_strays_at on job_zone_strays (at);

-- How far MapZones is, one row: the next stretch begins at upto, and ends before all_before as soon as all transactions before this one are over.
create table job_zones_upto
(
    upto            timestamp,
    all_before      timestamp,
    transaction     xid8,
    one             boolean not null default true,
    constraint job_zones_upto_pk primary key (one),
    constraint job_zones_upto_is_one check (one)
);
insert into job_zones_upto default values;

-- Two sets of names as one; null if one of them is null, or there are too many.
create function names_of_both(ours text[], theirs text[], most integer) returns text[]
    language sql immutable as
$$
select case when ours is not null and theirs is not null and count(*) <= most then coalesce(array_agg(name), '{}') end
from (select distinct name from unnest(ours || theirs) name where name is not null) names
$$;

create function note_stray_job() returns trigger
    language plpgsql as
$$
begin
    insert into ${flyway:defaultSchema}.job_zone_strays (at, type, queue, labels)
    values (new.createdAt, new.type, new.queue, new.labels);
    return null;
end
$$;

-- More than five minutes ago, in UTC: that is the time in a zone so far to the west, and the cheapest way to say it, as each insert asks.
-- MapZones leaves twice as long to those whose clocks are behind the database's.
create trigger jobrunr_jobs_note_late
    after insert on jobrunr_jobs
    for each row when (new.createdAt < clock_timestamp() at time zone interval '-00:05')
    execute function note_stray_job();

-- Nothing that a job goes through on its way to its end sets one of these.
create trigger jobrunr_jobs_note_changed
    after update of type, queue, labels, createdAt on jobrunr_jobs
    for each row when ((old.type, old.queue, old.labels, old.createdAt)
        is distinct from (new.type, new.queue, new.labels, new.createdAt))
    execute function note_stray_job();
