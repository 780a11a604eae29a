package io.millrace.jobs;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Says that a running job was deleted. The statement that deletes it ({@link JobChanges}) sends this to all workers on the
 * channel of the wake-ups, which have no payload; Postgres hands it on with the commit, and never after a rollback.
 *
 * @param version
 *            the job's since then: a run that was taken later is not meant
 */
record StopOrder(UUID job, int version) {

    private static final Pattern PAYLOAD = Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\\d{1,9})");

    /** In SQL, of a row that is written as {@code job}. */
    static final String SQL_PAYLOAD = "job.id || ' ' || job.version";

    /** What was heard; empty if it is none. */
    static Optional<StopOrder> read(String payload) {
        var order = PAYLOAD.matcher(payload);
        return order.matches()
                ? Optional.of(new StopOrder(UUID.fromString(order.group(1)), Integer.parseInt(order.group(2))))
                : Optional.empty();
    }
}
