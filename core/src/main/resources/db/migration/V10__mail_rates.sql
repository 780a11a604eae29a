-- How far the mails to a domain, or of a key, have used up its rate; one row for all workers. A row that is not there is one that has used up nothing.
create table mail_rates
(
    -- domain or key.
    kind        text             not null,
    -- The domain in lower case and ASCII, or who enqueued the job.
    name        text collate "C" not null,
    -- When the next mail would be sent if none had been sent ahead (GCRA).
    due_at      timestamptz      not null,
    -- Until when jobs that were put off are told to come back, one after the other.
    promised_at timestamptz      not null,
    constraint mail_rates_pk primary key (kind, name),
    constraint mail_rates_kind_known check (kind in ('domain', 'key'))
);

-- MailRateRows.forgetOld: delete … where due_at < … limit 100
create index mail_rates_by_age on mail_rates (due_at);
