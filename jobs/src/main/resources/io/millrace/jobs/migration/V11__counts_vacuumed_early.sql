-- Each commit that finishes jobs adds a row, and each fold makes all of them dead: by the usual settings they would be many
-- times those that count before anybody takes them away.
alter table job_counts set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 5000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
