-- Whether every row of the file is done with: only the file of the rejects is missing then, and the imported file is needed no more.
alter table user_imports
    add column all_read boolean not null default false;
