package io.millrace.worker.mail;

import java.util.List;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.millrace.jobs.JobQueue;

/**
 * Removes what is known of mails whose jobs are gone for good. One whose job is still there, because a person may put it back, is asked
 * about again after as long as it has been kept. Any number of processes may do so at once.
 */
@Component
final class MailSweep {

    private static final Logger LOG = LoggerFactory.getLogger(MailSweep.class);
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final JobQueue queue;
    private final SendingSettings settings;

    MailSweep(JdbcClient jdbc, JobQueue queue, SendingSettings settings) {
        this.jdbc = jdbc;
        this.queue = queue;
        this.settings = settings;
    }

    /** Until nothing is due. */
    void sweep() {
        int removed = 0;
        for (var due = claimSome(); !due.isEmpty(); due = claimSome()) {
            removed += remove(due.stream().filter(job -> queue.find(job).isEmpty()).toList());
        }
        if (removed > 0) {
            LOG.info("removed what was known of {} mails whose jobs are gone", removed);
        }
    }

    /** So that nobody else asks about them, and neither does the next round. */
    private List<UUID> claimSome() {
        return jdbc.sql("""
                        update mails set look_at = clock_timestamp() + make_interval(secs => :keep)
                        where key in (
                            select key from mails
                            where look_at <= clock_timestamp()
                            order by look_at
                            limit :atOnce
                            for update skip locked)
                        returning job_id
                        """).param("keep", settings.keep().toSeconds()).param("atOnce", AT_ONCE)
                .query((row, _) -> row.getObject("job_id", UUID.class)).list();
    }

    private int remove(List<UUID> jobs) {
        if (jobs.isEmpty()) {
            return 0;
        }
        return jdbc.sql("delete from mails where key = any (cast(:keys as text[]))")
                .param("keys", jobs.stream().map(UUID::toString).toArray(String[]::new)).update();
    }
}
