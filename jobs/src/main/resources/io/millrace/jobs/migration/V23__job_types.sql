-- What workers have said of the job types that they know (SaidTypes), so that a process which knows none, such as the
-- dashboard's, can queue the job of a schedule: its row does not say what the type says. Read by name.
create table job_types (
    name         text    not null,
    version      integer not null,
    queue        text    not null,
    priority     integer not null,
    max_attempts integer not null,
    constraint job_types_pk primary key (name)
);
