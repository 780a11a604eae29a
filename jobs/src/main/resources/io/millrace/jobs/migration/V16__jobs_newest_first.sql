-- The strongest lock first, as all that follows needs it or a weaker one: a worker locks rows and then updates them in one transaction, and
-- what it has of the table would be in the way of a lock that grows, as that is in its way.
lock table jobrunr_jobs in access exclusive mode;

-- The listing of all jobs, newest first (JobListing). It is written three times in a job's life, as all indexes are.
create index jobrunr_jobs_newest on jobrunr_jobs (createdAt, id);

-- The labels of jobs that were enqueued since; null for those without, which are nearly all and cost nothing.
alter table jobrunr_jobs
    add column labels text[];

-- The jobs of a label that few have (JobListing).
create index jobrunr_jobs_labelled on jobrunr_jobs using gin (labels) where labels is not null;
