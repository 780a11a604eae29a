-- What people have changed (OperatorActions): a row before the change, its outcome afterwards. No payloads.
-- Pages of it and the sweep go by the primary key, for ids rise with time.
create table operator_actions (
    id        bigint      generated always as identity,
    at        timestamptz not null default clock_timestamp(),
    who       text        not null,
    role      text        not null,
    action    text        not null,
    target    text        not null,
    came_from text        not null,
    outcome   text,
    constraint operator_actions_pk primary key (id),
    constraint operator_actions_who_length check (length(who) between 1 and 300),
    constraint operator_actions_role_length check (length(role) between 1 and 300),
    constraint operator_actions_action_length check (length(action) between 1 and 300),
    constraint operator_actions_target_length check (length(target) <= 300),
    constraint operator_actions_came_from_length check (length(came_from) <= 300),
    constraint operator_actions_outcome_length check (length(outcome) <= 300)
);
