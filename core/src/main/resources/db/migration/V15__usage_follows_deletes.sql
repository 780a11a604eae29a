-- What a file took of its key's quota is given back with its row, whoever deletes that: also processes that know of no quotas.
create function give_back_file_usage() returns trigger language plpgsql as
$$
begin
    -- Never below: a count that is off must not keep a file from being deleted.
    update file_usage set bytes = greatest(bytes - old.counted, 0) where owner = old.owner;
    return null;
end
$$;

create trigger files_give_back after delete on files
    for each row when (old.owner is not null and old.counted > 0) execute function give_back_file_usage();
