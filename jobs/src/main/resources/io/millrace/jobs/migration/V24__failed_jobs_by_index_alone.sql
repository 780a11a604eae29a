-- The strongest lock first, as V16 says: an index is dropped below.
lock table jobrunr_jobs in access exclusive mode;

-- The jobs that have failed and have not succeeded since, newest first, as V21 has it, with all that a search for them asks (JobListing): of
-- a hundred thousand among ten million the rows stand on as many pages, and the entries on a thousand.
drop index jobrunr_jobs_troubled;
create index jobrunr_jobs_troubled on jobrunr_jobs (createdAt, id) include (state, type, queue, error)
    where state = 'FAILED' or error is not null and state <> 'SUCCEEDED';

-- The FAILED ones, those that failed first before the others, with all that a bulk change asks (FailedJobsInBatches). A job is in it from its
-- last failure on; one that succeeds never is.
create index jobrunr_jobs_failed on jobrunr_jobs (updatedAt, id) include (type, queue, error)
    where state = 'FAILED' and unreadable is null;
