-- What is known of each mail, so that no run of its job sends it a second time.
create table mails
(
    -- The job's id.
    key        text collate "C" not null,
    job_id     uuid             not null,
    type       text             not null,
    message_id text             not null,
    state      text             not null default 'PENDING',
    -- How often DATA was begun.
    sends      integer          not null default 0,
    -- Of every change one more; a run that finds another number than it has read was overtaken.
    revision   bigint           not null default 0,
    -- Why it is not SENT, or not to all: codes of replies, never an address.
    reason     text,
    created_at timestamptz      not null default clock_timestamp(),
    changed_at timestamptz      not null default clock_timestamp(),
    -- When the server last accepted it for somebody.
    sent_at    timestamptz,
    -- When it is next asked whether its job is gone.
    look_at    timestamptz      not null,
    constraint mails_pk primary key (key),
    constraint mails_message_id_unique unique (message_id),
    constraint mails_state_known check (state in ('PENDING', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED')),
    constraint mails_sent_at_known check (state <> 'SENT' or sent_at is not null),
    constraint mails_sends_not_negative check (sends >= 0)
);

-- MailSweep reads what is due: look_at <= …
create index mails_by_look on mails (look_at);

-- Those of a mail that have been in a dialogue; who has no row was not yet.
create table mail_recipients
(
    mail_key   text collate "C" not null,
    -- As it stood in the dialogue.
    address    text             not null,
    state      text             not null,
    -- The server's codes, where it did not accept.
    reply      text,
    changed_at timestamptz      not null default clock_timestamp(),
    constraint mail_recipients_pk primary key (mail_key, address),
    constraint mail_recipients_mail foreign key (mail_key) references mails (key) on delete cascade,
    constraint mail_recipients_state_known check (state in ('WAITING', 'SENDING', 'ACCEPTED', 'REFUSED'))
);
