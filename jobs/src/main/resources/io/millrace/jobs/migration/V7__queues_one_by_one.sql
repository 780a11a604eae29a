-- Queues whose waiting jobs no worker takes (WaitingJobs, PostgresJobQueues).
create table paused_queues
(
    name      text        not null,
    paused_at timestamptz not null default now(),
    constraint paused_queues_pk primary key (name)
);

-- The dequeue of one queue (WaitingJobs): each point of priority is worth a minute of waiting, so that nothing waits for ever.
-- The names of the queues that have waiting jobs come from it as well.
create index jobrunr_jobs_waiting_in_queue
    on jobrunr_jobs (queue, (updatedAt - priority * interval '1 minute'), id)
    where state = 'ENQUEUED';

drop index jobrunr_jobs_waiting;
