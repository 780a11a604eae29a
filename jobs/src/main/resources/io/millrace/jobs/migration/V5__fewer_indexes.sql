-- Each index is written three times in a job's life, so only those stay that a query uses. Of JobRunr's stays
-- jobrunr_jobs_state_updated_idx: the dashboard's list of a state, orphaned jobs, and what is to be deleted
-- (JobStore.getJobList, JobRunr's deleteJobsPermanently, countJobs, getDistinctJobSignatures).
drop index jobrunr_state_idx;
drop index jobrunr_job_signature_idx;
drop index jobrunr_job_created_at_idx;
drop index jobrunr_job_scheduled_at_idx;
drop index jobrunr_job_rci_idx;

-- When a recurring job ran last (JobRunr's getRecurringJobLatestScheduledInstant); most jobs are of none.
create index jobrunr_jobs_recurring on jobrunr_jobs (recurringJobId, scheduledAt) where recurringJobId is not null;

-- What waits for a time with little carbon (JobRunr's getCarbonAwareJobList).
create index jobrunr_jobs_awaiting on jobrunr_jobs (scheduledAt) where state = 'AWAITING';

-- Each row is written three times within seconds: room for its next version on the same page, and a vacuum that comes
-- before the dead versions are many.
alter table jobrunr_jobs set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
