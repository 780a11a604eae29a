package io.millrace.jobs;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells workers that schedules have changed, on the channel of the wake-ups. Postgres hands it on with the commit of the change, once for
 * all changes of a transaction. Unlike jobs, schedules change seldom: what a NOTIFY costs at the commit does not matter.
 */
final class ScheduleChanges {

    static final String PAYLOAD = "schedules";

    private final WakeUp wakeUp;

    ScheduleChanges(WakeUp wakeUp) {
        this.wakeUp = wakeUp;
    }

    void tell(JdbcClient jdbc) {
        wakeUp.channel().ifPresent(channel -> jdbc.sql("select pg_notify(?, ?)").params(channel, PAYLOAD)
                .query((row, number) -> "").list());
    }
}
