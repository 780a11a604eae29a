-- A job has an entry here for each of its three versions, and ids that rise (JobIds) fill one page after the other: a page that is filled up
-- is split, or searched for dead entries, as soon as its jobs run. Where a vacuum follows it is no larger than before. Of pages that there are
-- nothing changes, nor does anybody wait for this.
alter index jobrunr_jobs_pkey set (fillfactor = 35);
