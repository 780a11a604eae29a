package io.millrace.worker.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.millrace.worker.mail.StoredMail.Outcome;
import io.millrace.worker.mail.StoredMail.State;
import io.millrace.worker.mail.StoredMail.Told;

/**
 * One row for each mail, and one for each of its recipients. Every change is one statement, and durable when it returns; it is
 * fenced by the revision that the caller has read, so that of two runs of one job only one goes on.
 */
@Component
final class MailLedger {

    private final JdbcClient jdbc;
    private final Duration keep;

    MailLedger(JdbcClient jdbc, SendingSettings settings) {
        this.jdbc = jdbc;
        this.keep = settings.keep();
    }

    /**
     * What is known of the job's mail; from the first call on it is PENDING.
     *
     * @param messageId
     *            for a new one
     * @throws IllegalStateException
     *             within a transaction, whose end would decide over what must be durable before
     */
    StoredMail open(UUID job, String type, String messageId) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("mail cannot be sent within a transaction: send it before or after");
        }
        String key = job.toString();
        int added = jdbc.sql("""
                             insert into mails (key, job_id, type, message_id, look_at)
                             values (:key, :job, :type, :messageId, clock_timestamp() + make_interval(secs => :keep))
                             on conflict (key) do nothing
                             """).param("key", key).param("job", job).param("type", type).param("messageId", messageId)
                .param("keep", keep.toSeconds()).update();
        return added == 1 ? new StoredMail(key, messageId, State.PENDING, 0, 0, null, null, Map.of()) : read(key);
    }

    /** As it is now. */
    StoredMail read(String key) {
        // One statement, and so one moment: a row newer than its recipients would pass the fence.
        return jdbc
                .sql("""
                     select mails.key, mails.message_id, mails.state, mails.sends, mails.revision, mails.reason, mails.sent_at,
                            told.address, told.state as outcome, told.reply
                     from mails left join mail_recipients as told on told.mail_key = mails.key
                     where mails.key = :key
                     """)
                .param("key", key).query((ResultSetExtractor<StoredMail>) MailLedger::all);
    }

    private static StoredMail all(ResultSet rows) throws SQLException {
        StoredMail mail = null;
        var recipients = new HashMap<String, Told>();
        while (rows.next()) {
            if (rows.getString("address") != null) {
                recipients.put(rows.getString("address"),
                        new Told(Outcome.valueOf(rows.getString("outcome")), rows.getString("reply")));
            }
            if (rows.isLast()) {
                mail = mail(rows, recipients);
            }
        }
        if (mail == null) {
            throw new EmptyResultDataAccessException("what is known of the mail is gone", 1);
        }
        return mail;
    }

    private static StoredMail mail(ResultSet row, Map<String, Told> recipients) throws SQLException {
        var sentAt = row.getTimestamp("sent_at");
        return new StoredMail(row.getString("key"), row.getString("message_id"), State.valueOf(row.getString("state")),
                row.getInt("sends"), row.getLong("revision"), row.getString("reason"),
                sentAt == null ? null : sentAt.toInstant(), recipients);
    }

    /**
     * Moves the mail on, with what there is to say of its recipients.
     *
     * @param sentAt
     *            if the server has accepted it just now: that is so whatever state others took it to meanwhile, unless they have
     *            begun to send it themselves
     * @return as it is now
     * @throws MailOvertaken
     *             if it is not as {@code mail} says any more; nothing is changed
     * @throws DataAccessException
     *             if the database does not answer; whether it is changed is not known
     */
    StoredMail move(StoredMail mail, State to, @Nullable String reason, @Nullable Instant sentAt,
            Map<String, Told> recipients) {
        int begun = to == State.SENDING ? 1 : 0;
        var moved = jdbc
                .sql("""
                     with moved as (
                         update mails set state = :to, sends = sends + :begun, revision = revision + 1, reason = cast(:reason as text),
                             sent_at = coalesce(cast(:sentAt as timestamptz), sent_at), changed_at = clock_timestamp()
                         where key = :key and (revision = :revision or (:accepted and sends = :sends))
                         returning key, revision),
                     told as (
                         insert into mail_recipients (mail_key, address, state, reply)
                         select moved.key, told.address, told.state, told.reply
                         from moved, unnest(cast(:addresses as text[]), cast(:states as text[]), cast(:replies as text[]))
                             as told (address, state, reply)
                         on conflict (mail_key, address) do update
                         set state = excluded.state, reply = excluded.reply, changed_at = excluded.changed_at)
                     select revision from moved
                     """)
                .param("to", to.name()).param("begun", begun).param("reason", reason)
                .param("sentAt", sentAt == null ? null : sentAt.atOffset(ZoneOffset.UTC))
                .param("key", mail.key()).param("revision", mail.revision()).param("sends", mail.sends())
                .param("accepted", sentAt != null)
                .param("addresses", recipients.keySet().toArray(String[]::new))
                .param("states",
                        recipients.values().stream().map(told -> told.outcome().name()).toArray(String[]::new))
                .param("replies", recipients.values().stream().map(Told::reply).toArray(String[]::new))
                .query(Long.class).optional();
        long revision = moved.orElseThrow(MailOvertaken::new);
        var all = new LinkedHashMap<>(mail.recipients());
        all.putAll(recipients);
        return new StoredMail(mail.key(), mail.messageId(), to, mail.sends() + begun, revision, reason,
                sentAt == null ? mail.sentAt() : sentAt, all);
    }
}
