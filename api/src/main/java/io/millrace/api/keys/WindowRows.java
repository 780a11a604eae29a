package io.millrace.api.keys;

import java.time.Duration;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What has been handed out of each key's windows, for all processes together; the database's clock decides when one is over. */
@Component
final class WindowRows {

    private final JdbcClient jdbc;

    WindowRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Takes as many units as are wanted and left out of the window that runs, or begins one; none, if fewer than needed are
     * left. One statement with a commit of its own; units that are not used are lost.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be asked
     */
    Portion take(String key, Allowance allowance, long needed, long wanted) {
        return jdbc
                .sql("""
                        insert into api_key_windows as w (key_id, policy, started_at, handed_out)
                        values (:key, :policy, clock_timestamp(), least(:wanted, :limit))
                        on conflict (key_id, policy) do update
                        set started_at = case when w.started_at + make_interval(secs => :seconds) <= clock_timestamp()
                                then excluded.started_at else w.started_at end,
                            handed_out = case when w.started_at + make_interval(secs => :seconds) <= clock_timestamp()
                                then excluded.handed_out
                                when w.handed_out + :needed > :limit then w.handed_out
                                else least(w.handed_out + :wanted, :limit) end
                        returning new.handed_out - case when new.started_at = old.started_at then old.handed_out else 0 end
                             as taken,
                         greatest(:limit - new.handed_out, 0) as left_over,
                         (extract(epoch from new.started_at - clock_timestamp()) * 1000)::bigint + :seconds * 1000
                             as millis_left
                     """)
                .param("key", key).param("policy", allowance.policy()).param("needed", needed).param("wanted", wanted)
                .param("limit", allowance.units()).param("seconds", allowance.window().toSeconds())
                .query((row, number) -> new Portion(row.getLong("taken"), row.getLong("left_over"),
                        Duration.ofMillis(Math.max(row.getLong("millis_left"), 0))))
                .single();
    }

    /**
     * What was taken.
     *
     * @param leftOver
     *            what others may still take
     * @param untilEnd
     *            of the window
     */
    record Portion(long taken, long leftOver, Duration untilEnd) {
    }
}
