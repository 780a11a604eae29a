-- Ids are compared a dozen times at each of a job's index entries. Byte by byte that costs a fraction of what the database's
-- own language costs, and orders them all the same. Rebuilds the indexes with an id, and locks the table meanwhile.
alter table jobrunr_jobs
    alter column id type nchar(36) collate "C",
    alter column runAfter type nchar(36) collate "C";
