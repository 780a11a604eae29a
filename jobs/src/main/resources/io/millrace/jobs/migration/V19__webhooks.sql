-- Who is told that a job has ended, and the end that was told last (JobWebhooks); null for nearly all jobs.
-- First of all, as it takes the strongest lock: V16 says why.
alter table jobrunr_jobs
    add column webhook     text,
    add column webhookTold text,
    add constraint jobrunr_jobs_webhook_length check (length(webhook) between 1 and 2048);

-- Those that have ended and are to be told (PostgresJobWebhooks). A job without a webhook is never in it, and one with a webhook from its
-- end until that is told: however many wait for theirs, a look reads none of them.
create index jobrunr_jobs_webhooks_due on jobrunr_jobs (id)
    where webhook is not null
        and (webhookTold is null and state in ('SUCCEEDED', 'FAILED', 'DELETED')
            or webhookTold = 'FAILED' and state = 'SUCCEEDED');
