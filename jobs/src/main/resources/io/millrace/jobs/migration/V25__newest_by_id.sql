-- The strongest lock first, as V16 says: an index is dropped below.
lock table jobrunr_jobs in access exclusive mode;

-- Whether its id begins with its createdAt (JobIds), as those that the engine makes do: null for all others, and for those from before.
alter table jobrunr_jobs
    add column placedById boolean;

-- The place among all jobs, newest first (LookForJobs), of those that the primary key does not have in that order. It was an entry of
-- every job, written three times in its life: a sixth of what a job cost from its queue to its end.
drop index jobrunr_jobs_newest;
create index jobrunr_jobs_newest on jobrunr_jobs (createdAt, id) where placedById is not true;
